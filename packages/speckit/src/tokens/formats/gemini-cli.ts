import type { SessionEvent, SessionRecord } from "../session.ts";
import { amount, contentText, type Fields, fields, list, text } from "./fields.ts";
import { toolAction } from "./tool-action.ts";

/**
 * Reads a session of Gemini CLI: `chats/session-….json`, one document, or `….jsonl`, where a message may be written again and again, and a rewinding
 * takes messages away. The last writing of each message counts, so the records are gone through twice rather than kept.
 */
export function* readGeminiCli(records: Iterable<SessionRecord>): Generator<SessionEvent> {
  const valid = validLines(records);
  const written = new Set<unknown>();
  let opened = false;
  let main = true;
  for (const { value, line } of records) {
    const record = fields(value);
    written.add(record.id);
    yield* compaction(record, written);
    const head = record.$set === undefined ? record : fields(record.$set);
    if (head.kind !== undefined && record.type === undefined) main = head.kind !== "subagent";
    if (isHead(record)) {
      if (!opened) yield { kind: "opened", cwd: undefined, id: text(record.sessionId) };
      opened = true;
      for (const message of list(record.messages)) yield* events(fields(message), main);
    } else if (valid.has(line)) yield* events(record, main);
  }
}

/** All messages are written down anew when what they say is shortened; one among them that was never written before is a summary of others. */
function* compaction(record: Fields, written: Set<unknown>): Generator<SessionEvent> {
  const messages = list(fields(record.$set).messages).map(fields);
  const summary = messages.find(({ id }) => !written.has(id));
  for (const { id } of messages) written.add(id);
  if (summary) yield { kind: "compacted", summary: contentText(summary.content) };
}

function isHead(record: Fields): boolean {
  return record.sessionId !== undefined && record.type === undefined;
}

/** The lines of messages that were neither written again nor taken back. */
function validLines(records: Iterable<SessionRecord>): Set<number> {
  const lines = new Map<string, number>();
  for (const { value, line } of records) {
    const record = fields(value);
    const to = text(record.$rewindTo);
    if (to !== undefined) rewind(lines, to);
    else if (record.$set === undefined && !isHead(record)) lines.set(text(record.id) ?? `#${line}`, line);
  }
  return new Set(lines.values());
}

/** Takes back a message and all after it; everything when there is no such message, as Gemini CLI does. */
function rewind(lines: Map<string, number>, to: string): void {
  for (const id of [...lines.keys()].reverse()) {
    lines.delete(id);
    if (id === to) return;
  }
}

function* events(message: Fields, main: boolean): Generator<SessionEvent> {
  const said = contentText(message.content);
  if (message.type === "user") yield { kind: "prompt", text: said };
  else if (message.type === "gemini") {
    for (const thought of list(message.thoughts)) {
      const { subject, description } = fields(thought);
      yield { kind: "thinking", text: [text(subject), text(description)].filter(Boolean).join(": ") };
    }
    if (said !== "") yield { kind: "answer", text: said };
    yield* toolEvents(message);
    if (message.tokens !== undefined && message.tokens !== null)
      yield call(message, fields(message.tokens), main);
  } else if (!/^(?:info|error|warning)$/.test(String(message.type)))
    yield { kind: "unknown", record: String(message.type) };
}

function* toolEvents(message: Fields): Generator<SessionEvent> {
  for (const entry of list(message.toolCalls)) {
    const { id, name, args, result, status } = fields(entry);
    const key = text(id) ?? "";
    yield {
      kind: "tool",
      id: key,
      action: toolAction(text(name) ?? "", args),
      input: JSON.stringify(args ?? {}),
    };
    yield { kind: "result", id: key, text: resultText(result), failed: status === "error" };
  }
}

function resultText(result: unknown): string {
  if (typeof result === "string") return result;
  return list(result)
    .map((part) => {
      const { output, error } = fields(fields(fields(part).functionResponse).response);
      return text(output) ?? text(error) ?? text(fields(part).text) ?? "";
    })
    .join("\n");
}

/** Gemini's input includes what came from the cache; thoughts are tokens of output that it counts apart. */
function call({ model }: Fields, tokens: Fields, main: boolean): SessionEvent {
  const input = amount(tokens.input);
  const cacheRead = Math.min(amount(tokens.cached), input);
  const output = amount(tokens.output) + amount(tokens.thoughts);
  const usage = { input: input - cacheRead + amount(tokens.tool), output, cacheRead, cacheWrite: 0 };
  const context = (main && (amount(tokens.total) || input + amount(tokens.tool) + output)) || undefined;
  return { kind: "call", model: text(model), usage, context, limit: undefined, written: undefined };
}
