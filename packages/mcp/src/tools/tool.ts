import type { JsonSchemaType } from "@modelcontextprotocol/sdk/validation";

/** One argument of a tool, as JSON Schema says it. */
export interface Argument {
  readonly type: "string" | "integer" | "boolean" | "array";
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: "string"; readonly enum?: readonly string[] };
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

/** A question of the command line, as agents ask it: arguments are the command's flags under the same names, in camelCase. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** When to use it: that is what an agent decides by. */
  readonly description: string;
  /** The command's name where it is not the tool's. */
  readonly command?: string;
  readonly arguments: Readonly<Record<string, Argument>>;
  readonly required?: readonly string[];
  /** The arguments that stand behind the command without a flag, in their order. */
  readonly words?: readonly string[];
  /** Flags that every call has. */
  readonly flags?: readonly string[];
  /** Arguments that name files. */
  readonly paths?: readonly string[];
  /** Arguments that make an answer shorter, for those who got one that was cut. */
  readonly narrowedBy: readonly string[];
  /** The flag by which the command keeps to a number of tokens by itself, and better than by cutting. */
  readonly ownBudget?: string;
  /** It changes what is remembered between runs. */
  readonly remembers?: boolean;
  /** The answer as data, beside the text. */
  readonly data?: ToolData;
}

/** What of the command's JSON is worth an agent's tokens. */
export interface ToolData {
  readonly schema: JsonSchemaType & { readonly type: "object" };
  /** The list in the data that is shortened when it does not fit; what is left out is counted in `omitted`. */
  readonly list: string;
  readonly from: (json: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

export const DEFAULT_TOKENS = 1500;
export const MOST_TOKENS = 20_000;
export const LEAST_TOKENS = 200;

/** The command line of a call. Values are bound to their flags and words stand behind `--`, so that neither is taken for a flag. */
export function commandLine(tool: Tool, args: Readonly<Record<string, unknown>>): string[] {
  const flags = Object.entries(args).flatMap(([name, value]) => {
    if (tool.words?.includes(name) || !(name in tool.arguments) || value === false) return [];
    return value === true ? flagOf(name) : `${flagOf(name)}=${textOf(value)}`;
  });
  const words = (tool.words ?? []).flatMap((name) => args[name] ?? []).map(String);
  return [commandOf(tool), ...(tool.flags ?? []), ...flags, ...(words.length > 0 ? ["--", ...words] : [])];
}

export function commandOf({ command, name }: Tool): string {
  return command ?? name.replaceAll("_", "-");
}

/** `breakingChangesOnly` is `--breaking-changes-only`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(",") : String(value);
}
