/** The agents whose session files are read. */
export type Agent = "claude-code" | "codex" | "gemini-cli" | "opencode";

/** Tokens of one or many calls of a model. The four never overlap: what was read from the provider's cache is not in `input`. */
export interface Usage {
  readonly input: number;
  /** Thinking included. */
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** What a tool did, whatever the agent calls it. Paths are as written by the agent. */
export type ToolAction =
  | { readonly kind: "read"; readonly path: string; readonly range: string }
  | { readonly kind: "edit"; readonly paths: readonly string[] }
  | { readonly kind: "run"; readonly command: string }
  | { readonly kind: "plan"; readonly steps: readonly PlanStep[] }
  | { readonly kind: "other"; readonly name: string };

/** An entry of the agent's own list of things to do. */
export interface PlanStep {
  readonly text: string;
  readonly done: boolean;
}

/** One thing that happened in a session. All agents' files become a stream of these, in the order of the file. */
export type SessionEvent =
  | { readonly kind: "opened"; readonly cwd: string | undefined; readonly id: string | undefined }
  | ModelCall
  | { readonly kind: "prompt"; readonly text: string }
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "thinking"; readonly text: string }
  | { readonly kind: "tool"; readonly id: string; readonly action: ToolAction; readonly input: string }
  | { readonly kind: "result"; readonly id: string; readonly text: string; readonly failed: boolean }
  /** The agent replaced the conversation so far by a summary. */
  | { readonly kind: "compacted"; readonly summary: string }
  /** A record that holds nothing for us, or that this version does not know. */
  | { readonly kind: "unknown"; readonly record: string };

/** One request to a model, each once. */
export interface ModelCall {
  readonly kind: "call";
  readonly model: string | undefined;
  readonly usage: Usage;
  /** Tokens in the model's context when it had answered; undefined for what another context did, such as a subagent's. */
  readonly context: number | undefined;
  /** What the agent's file says the limit is. */
  readonly limit: number | undefined;
  /** What the model wrote, where its reported `output` may be a placeholder: to be counted then. */
  readonly written: string | undefined;
}

/** One record of a session file and the line it stands on, counted from 1. */
export interface SessionRecord {
  readonly line: number;
  readonly value: unknown;
}

export const noUsage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    input: one.input + other.input,
    output: one.output + other.output,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
  };
}

export function totalOf({ input, output, cacheRead, cacheWrite }: Usage): number {
  return input + output + cacheRead + cacheWrite;
}
