import { type SessionEvent, type SessionRecord, totalOf } from "../session.ts";
import { amount, contentText, type Fields, fields, list, text } from "./fields.ts";
import { toolAction } from "./tool-action.ts";

/**
 * Reads a session of opencode. Its records are put together from several files or tables (`node/sessions/opencode.ts`):
 * `{ session }` once, then `{ message, parts }` in the order of time.
 */
export function* readOpencode(records: Iterable<SessionRecord>): Generator<SessionEvent> {
  for (const { value } of records) {
    const { session, message, parts } = fields(value);
    if (session !== undefined) {
      const { directory, id } = fields(session);
      yield { kind: "opened", cwd: text(directory), id: text(id) };
    }
    if (message === undefined) continue;
    const { role, summary } = fields(message);
    // On a message of the user it says what has changed since.
    const compacted = role === "assistant" && summary === true;
    if (compacted) yield { kind: "compacted", summary: contentText(parts) };
    else for (const part of list(parts)) yield* partEvents(fields(part), role);
    if (role === "assistant") yield call(fields(message), compacted);
  }
}

function* partEvents(part: Fields, role: unknown): Generator<SessionEvent> {
  const said = text(part.text) ?? "";
  if (part.type === "reasoning") yield { kind: "thinking", text: said };
  // What the program adds to a prompt, such as the files it names.
  if (part.type === "text" && part.synthetic !== true)
    yield { kind: role === "user" ? "prompt" : "answer", text: said };
  if (part.type !== "tool") return;
  const { input, output, error, status } = fields(part.state);
  const id = text(part.callID) ?? text(part.id) ?? "";
  yield {
    kind: "tool",
    id,
    action: toolAction(text(part.tool) ?? "", input),
    input: JSON.stringify(input ?? {}),
  };
  yield { kind: "result", id, text: text(output) ?? text(error) ?? "", failed: status === "error" };
}

/** One that wrote the summary leaves a context behind of which nobody knows the size until the next. */
function call(message: Fields, compacted: boolean): SessionEvent {
  const tokens = fields(message.tokens);
  const cache = fields(tokens.cache);
  const usage = {
    input: amount(tokens.input),
    output: amount(tokens.output) + amount(tokens.reasoning),
    cacheRead: amount(cache.read),
    cacheWrite: amount(cache.write),
  };
  const context = compacted ? 0 : totalOf(usage);
  return {
    kind: "call",
    model: text(message.modelID),
    usage,
    // An answer that was broken off has no usage yet, and says nothing about the context.
    context: context > 0 ? context : undefined,
    limit: undefined,
    written: undefined,
  };
}
