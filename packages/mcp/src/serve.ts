import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { Engine } from "./engine/engine.ts";
import { OpenRequests } from "./open-requests.ts";
import { placeFor, rootOf } from "./place.ts";
import { createServer } from "./server.ts";

export interface ServeOptions {
  /** The folder of the process. */
  readonly cwd: string;
  /** What `--cwd` gave as the workspace's root. */
  readonly root: string | undefined;
}

/** What was asked before the client went is still answered, but not for ever. */
const FAREWELL_MS = 60_000;

/**
 * Answers on standard input and output until the input ends; standard output carries the protocol and nothing else.
 * @throws FolderNotFound when the root is none
 */
export async function serve({ cwd, root }: ServeOptions): Promise<0> {
  if (root !== undefined) rootOf(placeFor(cwd, root, []));
  const engine = new Engine();
  const server = createServer({ engine, cwd, root });
  server.onerror = ({ message }) => void process.stderr.write(`speckit mcp: ${oneLine(message)}\n`);
  const gone = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdout.once("error", () => resolve());
  });
  const saidAll = new Promise<void>((resolve) => {
    for (const event of ["end", "close"]) process.stdin.once(event, () => resolve());
  });
  const transport = new StdioServerTransport();
  await server.connect(transport);
  const requests = new OpenRequests(transport);
  await Promise.race([gone, saidAll]);
  await Promise.race([gone, requests.none(FAREWELL_MS)]);
  await server.close();
  await engine.close();
  return 0;
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, " ").slice(0, 300);
}
