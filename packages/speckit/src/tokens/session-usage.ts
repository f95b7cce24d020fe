import { type CountTokens, claudeTokens } from "./count.ts";
import { contextLimit, isClaude } from "./model-limits.ts";
import { addUsage, type ModelCall, noUsage, type SessionEvent, type Usage } from "./session.ts";

/** What a session has used so far. */
export interface SessionUsage {
  /** Of the last call of the main conversation. */
  readonly model: string | undefined;
  /** Of all calls, subagents included. */
  readonly usage: Usage;
  readonly calls: number;
  /** Calls whose file has a placeholder for the output, so that it was estimated from what was written. */
  readonly estimated: number;
  /** Tokens in the context after the last call; undefined before the first one, and after the conversation was replaced by a summary. */
  readonly context: number | undefined;
  readonly limit: number | undefined;
}

/** More characters a token than any text has: what was reported is no count of it. */
const IMPLAUSIBLE = 5;
/** Below that share of the estimate, which is 10 % off at most, a reported number is wrong. */
const CERTAIN = 0.9;

/**
 * Adds up the calls of a session. Some versions of Claude Code write down an answer's usage when its first words arrive: where fewer tokens are
 * reported than were written, they are counted instead. That needs `count`; without it `"needs-counter"` is the answer when such a call is seen.
 */
export function sessionUsage(
  events: Iterable<SessionEvent>,
  subagents: Iterable<SessionEvent>,
  count: CountTokens | undefined,
): SessionUsage | "needs-counter" {
  let [model, limit, context, seen]: [string?, number?, number?, number?] = [];
  let usage = noUsage;
  let calls = 0;
  let estimated = 0;
  for (const [event, main] of both(events, subagents)) {
    if (event.kind === "compacted" && main) context = undefined;
    if (event.kind !== "call") continue;
    if (isImplausible(event) && count === undefined) return "needs-counter";
    const output = trueOutput(event, count);
    if (output > event.usage.output) estimated++;
    usage = addUsage(usage, { ...event.usage, output });
    calls++;
    if (!main || event.context === undefined) continue;
    context = event.context;
    seen = Math.max(seen ?? 0, event.context);
    model = event.model ?? model;
    limit = event.limit ?? limit;
  }
  return { model, usage, calls, estimated, context, limit: limit ?? contextLimit(model, seen) };
}

function* both(
  events: Iterable<SessionEvent>,
  subagents: Iterable<SessionEvent>,
): Generator<readonly [SessionEvent, boolean]> {
  for (const event of events) yield [event, true];
  for (const event of subagents) yield [event, false];
}

function isImplausible({ written, usage }: ModelCall): boolean {
  return written !== undefined && written.length > usage.output * IMPLAUSIBLE;
}

function trueOutput(call: ModelCall, count: CountTokens | undefined): number {
  const { written = "", model, usage } = call;
  if (count === undefined || !isImplausible(call)) return usage.output;
  const tokens = count(written);
  const estimate = isClaude(model) ? claudeTokens(tokens) : tokens;
  return usage.output < estimate * CERTAIN ? estimate : usage.output;
}
