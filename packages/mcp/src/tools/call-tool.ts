import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import type { CountTokens } from "@speckit/cli/cli";
import { cutToTokens } from "../cut.ts";
import { isInside } from "../inside.ts";
import { type Place, rootOf } from "../place.ts";
import type { RunCommand } from "../run-command.ts";
import { tools } from "./index.ts";
import { asNextCall } from "./next-call.ts";
import { commandLine, DEFAULT_TOKENS, MOST_TOKENS, type Tool } from "./tool.ts";

type Arguments = Readonly<Record<string, unknown>>;

/** What answering needs of the machine. */
export interface Answering {
  readonly place: Place;
  readonly run: RunCommand;
  readonly loadCounter: () => Promise<CountTokens>;
}

/**
 * Asks the engine what a tool asks, within the tokens that are allowed. `args` fit the tool's schema. Findings that fail are an answer like any other; an
 * error is only what could not be asked.
 */
export async function callTool(tool: Tool, args: Arguments, answering: Answering): Promise<CallToolResult> {
  const outside = pathOutside(tool, args, answering.place);
  if (outside !== undefined)
    return failure(`${outside} is outside of the workspace. Name a file in it, relative to its root.`);
  const line = commandLine(tool, args);
  const { maxTokens } = args;
  const own =
    tool.ownBudget !== undefined && maxTokens !== undefined ? [`--${tool.ownBudget}=${maxTokens}`] : [];
  const [name = "", ...rest] = line;
  const { code, out, err } = await answering.run([name, ...own, ...rest], answering.place);
  if (code === 2) return failure(err);
  // Such a command keeps to its own measure where none was given.
  const standard = tool.ownBudget === undefined ? DEFAULT_TOKENS : MOST_TOKENS;
  const max = typeof maxTokens === "number" ? maxTokens : standard;
  const count = await answering.loadCounter();
  const { text } = cutToTokens(asNextCall(out.trimEnd(), tools), max, count, (shown, total) =>
    cutNote(tool, shown, total),
  );
  const content: CallToolResult["content"] = [{ type: "text", text }];
  return tool.data === undefined
    ? { content }
    : {
        content,
        structuredContent: await dataOf(tool.data, [name, "--json", ...rest], max, count, answering),
      };
}

function pathOutside(tool: Tool, args: Arguments, place: Place): string | undefined {
  const paths = (tool.paths ?? []).flatMap((name) => args[name] ?? []).map(String);
  if (paths.length === 0) return undefined;
  const root = rootOf(place);
  return paths.find((path) => !isInside(root, place.cwd, path));
}

/** The message of the command line, without what only a person at a terminal needs. */
function failure(err: string): CallToolResult {
  const text = err.trim().replace(/^speckit: /gm, "");
  return { isError: true, content: [{ type: "text", text }] };
}

function cutNote({ narrowedBy }: Tool, shown: number, total: number): string {
  const narrower = narrowedBy.length > 0 ? `with ${narrowedBy.join(" or ")}, or ` : "";
  const enough = total > MOST_TOKENS ? MOST_TOKENS : Math.ceil(total / 100) * 100;
  return `cut: ${shown} of ${total} tokens. Ask again ${narrower}with maxTokens: ${enough}.`;
}

/** The same answer as data, with as many of its rows as fit. */
async function dataOf(
  { from, list }: NonNullable<Tool["data"]>,
  line: readonly string[],
  max: number,
  count: CountTokens,
  { run, place }: Answering,
): Promise<Record<string, unknown>> {
  const { out } = await run(line, place);
  const whole = from(JSON.parse(out));
  const rows = whole[list] as readonly unknown[];
  let left = max - count(JSON.stringify({ ...whole, [list]: [], omitted: rows.length }));
  const kept = rows.findIndex((row) => {
    left -= count(JSON.stringify(row)) + 1;
    return left < 0;
  });
  return kept === -1 ? whole : { ...whole, [list]: rows.slice(0, kept), omitted: rows.length - kept };
}
