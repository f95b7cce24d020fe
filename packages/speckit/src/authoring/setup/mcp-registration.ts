import { applyEdits, type JSONPath, modify, type ParseError, parse } from "jsonc-parser";

/** A file in which a workspace names MCP servers, and in what form. */
export interface McpPlace {
  readonly file: string;
  readonly style: "mcpServers" | "servers" | "opencode" | "zed";
}

const SERVER = "speckit";

/** Where the server's entry goes, and what it says, in each form. */
const entries: Readonly<Record<McpPlace["style"], readonly [path: JSONPath, entry: object]>> = {
  mcpServers: [["mcpServers", SERVER], { command: "speckit", args: ["mcp"] }],
  servers: [["servers", SERVER], { type: "stdio", command: "speckit", args: ["mcp"] }],
  opencode: [["mcp", SERVER], { type: "local", command: ["speckit", "mcp"], enabled: true }],
  zed: [["context_servers", SERVER], { command: "speckit", args: ["mcp"], env: {} }],
};

export type Registration =
  | { readonly kind: "registered"; readonly text: string }
  /** A server of that name is there, whoever wrote it. */
  | { readonly kind: "present" }
  /** The file cannot be read as JSON, or has something else where servers belong. */
  | { readonly kind: "unreadable" };

/** Adds the MCP server to a file's text, undefined for a new file. All that stands in it stays: other keys, comments, order, line ends. */
export function registerMcp({ style }: McpPlace, text: string | undefined): Registration {
  const [path, entry] = entries[style];
  const before = text === undefined || text.trim() === "" ? "{}\n" : text;
  const errors: ParseError[] = [];
  const value: unknown = parse(before, errors, { allowTrailingComma: true });
  const servers = isObject(value) ? value[path[0] as string] : undefined;
  if (errors.length > 0 || !isObject(value) || (servers !== undefined && !isObject(servers)))
    return { kind: "unreadable" };
  if (servers !== undefined && Object.hasOwn(servers, SERVER)) return { kind: "present" };
  const formattingOptions = {
    insertSpaces: !/^\t/m.test(before),
    tabSize: 2,
    eol: /\r\n/.test(before) ? "\r\n" : "\n",
  };
  return { kind: "registered", text: applyEdits(before, modify(before, path, entry, { formattingOptions })) };
}

/** Whether a file's text names the server. */
export function isRegistered(place: McpPlace, text: string): boolean {
  return registerMcp(place, text).kind === "present";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
