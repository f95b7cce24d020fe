import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { type CallToolResult, ListRootsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { afterAll } from "vitest";

export const speckit = fileURLToPath(new URL("../../speckit/bin/speckit.js", import.meta.url));
export const speckitMcp = fileURLToPath(new URL("../bin/speckit-mcp.js", import.meta.url));

const ends: (() => void | Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A folder with these files, removed after the tests of the file; `{ linkTo }` is a link. */
export function folderWith(files: Readonly<Record<string, string | { readonly linkTo: string }>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "speckit-mcp-")));
  ends.push(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "string") writeFileSync(path, content);
    else symlinkSync(content.linkTo, path);
  }
  return root;
}

/** A copy of the example platform, so that what is remembered of it stays here. */
export function platform(): string {
  const root = folderWith({});
  const example = fileURLToPath(new URL("../../../examples/ecommerce-platform/", import.meta.url));
  const isLeftOut = (path: string) => ["node_modules", "dist", ".speckit", ".data"].includes(basename(path));
  cpSync(example, root, { recursive: true, filter: (path) => !isLeftOut(path) });
  return root;
}

interface AgentOptions {
  readonly command?: string;
  readonly args?: readonly string[];
  /** The folder of the process. */
  readonly cwd?: string;
  /** Folders that the client says it works in; they may be changed while it runs. */
  readonly roots?: string[];
}

/** The official client with a server of its own: a real process, as an agent starts it. */
export async function agent({
  command = speckit,
  args = ["mcp"],
  cwd,
  roots,
}: AgentOptions): Promise<Client> {
  const client = new Client(
    { name: "agent", version: "1.0.0" },
    roots === undefined ? {} : { capabilities: { roots: { listChanged: true } } },
  );
  if (roots !== undefined)
    client.setRequestHandler(ListRootsRequestSchema, () => ({
      roots: roots.map((path) => ({ uri: pathToFileURL(path).href })),
    }));
  ends.push(() => client.close());
  const server = { command: process.execPath, args: [command, ...args], stderr: "ignore" as const };
  await client.connect(new StdioClientTransport(cwd === undefined ? server : { ...server, cwd }));
  return client;
}

/** Calls a tool; the client holds structured answers against the schema that the server gave. */
export async function call(client: Client, name: string, args: Record<string, unknown> = {}) {
  const result = (await client.callTool({ name, arguments: args })) as CallToolResult;
  const [content] = result.content;
  return {
    text: content?.type === "text" ? content.text : "",
    isError: result.isError === true,
    data: result.structuredContent,
  };
}
