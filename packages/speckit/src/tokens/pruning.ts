import type { SessionEvent, ToolAction } from "./session.ts";
import type { TokenMeter } from "./token-meter.ts";

/** Why something in a session need not be kept. */
export type PruningRule = "stale-read" | "repeated-read" | "edit-on-disk" | "thinking" | "long-output";

export const pruningReasons: Readonly<Record<PruningRule, string>> = {
  "stale-read": "the file was edited after it was read",
  "repeated-read": "the same was read again later",
  "edit-on-disk": "what was written is on disk",
  thinking: "what came of it was said or done",
  "long-output": "the middle of what commands printed",
};

export interface Saving {
  readonly rule: PruningRule;
  readonly count: number;
  readonly tokens: number;
}

/** Tokens of an output of which no more than its beginning and its end is worth keeping. */
const LONG_OUTPUT = 1000;
const KEPT_OF_IT = 300;
/** Calls that wait for their result at the same time; more were broken off. */
const WAITING = 1000;

interface Reading {
  readonly tokens: number;
  readonly content: string;
}

/**
 * Adds up what a session holds, and what of it is of no use any more. Every token is saved by one rule at most. `hash` tells contents apart, `isOnDisk`
 * says whether the file that was edited is still there.
 */
export class Pruning {
  total = 0;
  readonly #meter: TokenMeter;
  readonly #hash: (text: string) => string;
  readonly #isOnDisk: (path: string) => boolean;
  readonly #savings = new Map<PruningRule, { count: number; tokens: number }>();
  readonly #waiting = new Map<string, ToolAction>();
  /** What was read of each file since it was edited last, by range. */
  readonly #read = new Map<string, Map<string, Reading>>();

  constructor(meter: TokenMeter, hash: (text: string) => string, isOnDisk: (path: string) => boolean) {
    this.#meter = meter;
    this.#hash = hash;
    this.#isOnDisk = isOnDisk;
  }

  add(event: SessionEvent): void {
    if (event.kind === "tool") this.#tool(event.id, event.action, event.input);
    else if (event.kind === "result") this.#result(event.id, event.text);
    else if (event.kind === "thinking") this.#save("thinking", this.#measure(event.text));
    else if (event.kind === "prompt" || event.kind === "answer") this.#measure(event.text);
    else if (event.kind === "compacted") this.#measure(event.summary);
  }

  /** The rules that saved something, the most first. */
  savings(): Saving[] {
    return [...this.#savings]
      .map(([rule, { count, tokens }]) => ({ rule, count, tokens }))
      .filter(({ tokens }) => tokens > 0)
      .sort((a, b) => b.tokens - a.tokens || (a.rule < b.rule ? -1 : 1));
  }

  #measure(text: string): number {
    const tokens = this.#meter.of(text);
    this.total += tokens;
    return tokens;
  }

  #save(rule: PruningRule, tokens: number): void {
    const { count, tokens: before } = this.#savings.get(rule) ?? { count: 0, tokens: 0 };
    this.#savings.set(rule, { count: count + 1, tokens: before + tokens });
  }

  #tool(id: string, action: ToolAction, input: string): void {
    const tokens = this.#measure(input);
    this.#waiting.set(id, action);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > WAITING && oldest !== undefined) this.#waiting.delete(oldest);
    if (action.kind !== "edit") return;
    if (action.paths.some(this.#isOnDisk)) this.#save("edit-on-disk", tokens);
    for (const path of action.paths) {
      for (const reading of this.#read.get(path)?.values() ?? []) this.#save("stale-read", reading.tokens);
      this.#read.delete(path);
    }
  }

  #result(id: string, text: string): void {
    const tokens = this.#measure(text);
    const action = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (action?.kind === "read")
      this.#reading(action.path, action.range, { tokens, content: this.#hash(text) });
    else if (tokens > LONG_OUTPUT) this.#save("long-output", tokens - KEPT_OF_IT);
  }

  /** The newest reading is kept. An older one is a repetition, or stale when something else changed the file in between. */
  #reading(path: string, range: string, reading: Reading): void {
    const readings = this.#read.get(path) ?? new Map<string, Reading>();
    const before = readings.get(range);
    if (before)
      this.#save(before.content === reading.content ? "repeated-read" : "stale-read", before.tokens);
    this.#read.set(path, readings.set(range, reading));
  }
}
