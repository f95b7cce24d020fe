import type { ModelCall, SessionEvent, SessionRecord, Usage } from "../session.ts";
import { totalOf } from "../session.ts";
import { amount, contentText, type Fields, fields, list, text } from "./fields.ts";
import { toolAction } from "./tool-action.ts";

/** An answer whose lines are still being read. */
interface OpenCall {
  readonly model: string | undefined;
  readonly main: boolean;
  usage: Usage;
  written: string;
}

/** Lines of one answer stand close to each other; results of tools that ran side by side come between them. */
const OPEN_CALLS = 32;

/**
 * Reads a session of Claude Code: `projects/<folder>/<session>.jsonl`. One call of the model is written as several lines with the same message id, each
 * with the usage so far: they count once, with the largest. Lines of subagents (`isSidechain`) count as calls, but not as conversation.
 */
export function* readClaudeCode(records: Iterable<SessionRecord>): Generator<SessionEvent> {
  const open = new Map<string, OpenCall>();
  const closed = new Set<string>();
  let opened = false;
  for (const { value } of records) {
    const line = fields(value);
    if (!opened && text(line.cwd) !== undefined) {
      opened = true;
      yield { kind: "opened", cwd: text(line.cwd), id: text(line.sessionId) };
    }
    // "<synthetic>" is what the program itself said, such as that the provider did not answer.
    if (line.type === "assistant" && fields(line.message).model !== "<synthetic>") {
      note(line, open, closed);
      const [[oldest, call] = []] = open;
      if (open.size > OPEN_CALLS && oldest !== undefined && call !== undefined) {
        open.delete(oldest);
        closed.add(oldest);
        yield callEvent(call);
      }
    }
    if (isCompaction(line)) yield* close(open, closed);
    yield* conversation(line);
  }
  yield* close(open, closed);
}

/** What was answered before a summary took the place of the conversation is told before it. */
function* close(open: Map<string, OpenCall>, closed: Set<string>): Generator<ModelCall> {
  for (const [id, call] of open) {
    closed.add(id);
    yield callEvent(call);
  }
  open.clear();
}

function isCompaction({ type, isCompactSummary, isSidechain }: Fields): boolean {
  return type === "user" && isCompactSummary === true && isSidechain !== true;
}

function note(line: Fields, open: Map<string, OpenCall>, closed: ReadonlySet<string>): void {
  const message = fields(line.message);
  if (message.usage === undefined || message.usage === null) return;
  const id = text(message.id) ?? text(line.requestId) ?? text(line.uuid) ?? "";
  if (closed.has(id)) return;
  const usage = usageOf(fields(message.usage));
  const call = open.get(id);
  const written = writtenIn(message.content);
  if (!call) open.set(id, { model: text(message.model), main: line.isSidechain !== true, usage, written });
  // A line of a subagent with an id of the main conversation is a copy of it.
  else if (line.isSidechain !== true || !call.main) {
    if (totalOf(usage) > totalOf(call.usage)) call.usage = usage;
    call.written += written;
  }
}

function usageOf(usage: Fields): Usage {
  return {
    input: amount(usage.input_tokens),
    output: amount(usage.output_tokens),
    cacheRead: amount(usage.cache_read_input_tokens),
    cacheWrite: amount(usage.cache_creation_input_tokens),
  };
}

function callEvent({ model, main, usage, written }: OpenCall): ModelCall {
  // A call without any was broken off, and says nothing about the context.
  const context = main ? usage.input + usage.cacheRead + usage.cacheWrite || undefined : undefined;
  return { kind: "call", model, usage, context, limit: undefined, written };
}

function writtenIn(content: unknown): string {
  return list(content)
    .map((part) => {
      const { type, text: said, thinking, name, input } = fields(part);
      if (type === "tool_use") return `${String(name)} ${JSON.stringify(input ?? {})}`;
      return text(said) ?? text(thinking) ?? "";
    })
    .join("");
}

function* conversation(line: Fields): Generator<SessionEvent> {
  const { content, model } = fields(line.message);
  if (line.isSidechain === true) return;
  if (line.type === "user") {
    if (isCompaction(line)) yield { kind: "compacted", summary: contentText(content) };
    else yield* userParts(line, content);
  } else if (line.type === "assistant" && model !== "<synthetic>") {
    for (const part of list(content)) yield* assistantPart(fields(part));
  } else if (!knownTypes.has(String(line.type)) && line.type !== "assistant") {
    yield { kind: "unknown", record: String(line.type) };
  }
}

const knownTypes: ReadonlySet<string> = new Set([
  "system",
  "summary",
  "progress",
  "file-history-snapshot",
  "pr-link",
  "queue-operation",
]);

function* userParts(line: Fields, content: unknown): Generator<SessionEvent> {
  const said = typeof content === "string" ? content : contentText(content);
  if (said !== "" && line.isMeta !== true && !isCommandEcho(said)) yield { kind: "prompt", text: said };
  for (const part of list(content)) {
    const { type, tool_use_id: id, content: result, is_error: failed } = fields(part);
    if (type === "tool_result")
      yield { kind: "result", id: text(id) ?? "", text: contentText(result), failed: failed === true };
  }
}

/** What the program notes about slash commands of its own, in the name of the user. */
function isCommandEcho(said: string): boolean {
  return /^\s*<(?:local-command-|command-(?:name|message|args)|bash-|system-reminder)/.test(said);
}

function* assistantPart(part: Fields): Generator<SessionEvent> {
  const { type, id, name, input } = part;
  if (type === "text") yield { kind: "answer", text: text(part.text) ?? "" };
  else if (type === "thinking") yield { kind: "thinking", text: text(part.thinking) ?? "" };
  else if (type === "tool_use")
    yield {
      kind: "tool",
      id: text(id) ?? "",
      action: toolAction(text(name) ?? "", input),
      input: JSON.stringify(input ?? {}),
    };
}
