import type { ModelCall, SessionEvent, SessionRecord } from "../session.ts";
import { execItem, isExecEvent } from "./codex-exec.ts";
import { amount, contentText, type Fields, fields, text } from "./fields.ts";
import { toolAction } from "./tool-action.ts";

/** What is known while the lines of a session are read. */
interface Reading {
  model: string | undefined;
  /** Usage of the whole session as the last line stated it. */
  total: Fields | undefined;
  /** The second in which a subagent began: it repeats what its parent used until then. */
  replayed: string | undefined;
}

/**
 * Reads a session of Codex: `sessions/YYYY/MM/DD/rollout-….jsonl`, of old versions too, which do not say what was used. Also what `codex exec --json`
 * prints. Tokens from the cache and of reasoning are parts of its input and output.
 */
export function* readCodex(records: Iterable<SessionRecord>): Generator<SessionEvent> {
  const reading: Reading = { model: undefined, total: undefined, replayed: undefined };
  for (const { value } of records) {
    const line = fields(value);
    const payload = fields(line.payload);
    if (line.type === "session_meta") {
      const { cwd, id, source } = payload;
      if (isSubagent(source)) reading.replayed = secondOf(line.timestamp);
      yield { kind: "opened", cwd: text(cwd), id: text(id) };
    } else if (line.type === "turn_context") reading.model = text(payload.model) ?? reading.model;
    else if (line.type === "event_msg") yield* calls(line, payload, reading);
    else if (line.type === "response_item") yield* item(payload);
    else if (line.type === "compacted") yield { kind: "compacted", summary: text(payload.message) ?? "" };
    else if (line.usage !== undefined) yield call(fields(line.usage), reading, undefined, false);
    else if (isExecEvent(line.type)) yield* execItem(line);
    else if (line.type === undefined) yield* opening(line);
    else if (isBareItem(line)) yield* item(line);
    else if (line.type !== "world_state") yield { kind: "unknown", record: String(line.type) };
  }
}

/** The first line of versions before 0.32, in which items stood alone. States of theirs hold nothing that was said. */
function* opening({ id, cwd, record_type: state }: Fields): Generator<SessionEvent> {
  if (state === undefined) yield { kind: "opened", cwd: text(cwd), id: text(id) };
}

function isBareItem({ type, payload }: Fields): boolean {
  return payload === undefined && /^(?:message|reasoning|\w+_call(?:_output)?)$/.test(String(type));
}

function isSubagent(source: unknown): boolean {
  return fields(fields(source).subagent).thread_spawn !== undefined;
}

function secondOf(timestamp: unknown): string | undefined {
  return text(timestamp)?.slice(0, "2026-11-23T12:00:00".length);
}

function* calls(line: Fields, payload: Fields, reading: Reading): Generator<SessionEvent> {
  if (payload.type !== "token_count" || payload.info === undefined || payload.info === null) return;
  const info = fields(payload.info);
  const before = reading.total;
  const total = fields(info.total_token_usage);
  reading.total = total;
  if (reading.replayed !== undefined && secondOf(line.timestamp) === reading.replayed) return;
  // The same totals again: only the limits of the plan were news.
  if (before && amount(total.total_tokens) > 0 && total.total_tokens === before.total_tokens) return;
  const last = info.last_token_usage ?? difference(total, before ?? {});
  yield call(fields(last), reading, info.model_context_window, true);
}

function difference(total: Fields, before: Fields): Fields {
  return Object.fromEntries(
    Object.keys(total).map((key) => [key, Math.max(0, amount(total[key]) - amount(before[key]))]),
  );
}

function call(usage: Fields, { model }: Reading, limit: unknown, inContext: boolean): ModelCall {
  const cached = Math.min(amount(usage.cached_input_tokens), amount(usage.input_tokens));
  const output = amount(usage.output_tokens);
  return {
    kind: "call",
    model,
    usage: { input: amount(usage.input_tokens) - cached, output, cacheRead: cached, cacheWrite: 0 },
    context: (inContext && (amount(usage.total_tokens) || amount(usage.input_tokens) + output)) || undefined,
    limit: amount(limit) || undefined,
    written: undefined,
  };
}

function* item(payload: Fields): Generator<SessionEvent> {
  const id = text(payload.call_id) ?? "";
  const name = text(payload.name) ?? "";
  switch (payload.type) {
    case "message": {
      const said = contentText(payload.content);
      if (payload.role === "assistant") yield { kind: "answer", text: said };
      // Instructions and the description of the machine come in the name of the user too.
      else if (payload.role === "user" && !/^\s*(?:<[\w_]+>|# AGENTS\.md)/.test(said))
        yield { kind: "prompt", text: said };
      return;
    }
    case "reasoning":
      yield { kind: "thinking", text: contentText(payload.summary) || contentText(payload.content) };
      return;
    case "function_call":
    case "custom_tool_call": {
      const input = text(payload.arguments) ?? text(payload.input) ?? "";
      yield { kind: "tool", id, action: toolAction(name, argumentsIn(input)), input };
      return;
    }
    case "function_call_output":
    case "custom_tool_call_output":
      yield { kind: "result", id, ...outputOf(payload.output) };
  }
}

/** Arguments are JSON in a text, except of tools that take a text, such as a patch. */
function argumentsIn(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return input;
  }
}

/** What a command printed: a text, parts of one, or JSON that has it with the exit code. */
function outputOf(output: unknown): { text: string; failed: boolean } {
  const said = text(output) ?? text(fields(output).content) ?? contentText(output);
  const wrapped = said.startsWith("{") ? fields(argumentsIn(said)) : {};
  const shown = text(wrapped.output) ?? said;
  const code =
    fields(wrapped.metadata).exit_code ?? /^(?:Process exited with|Exit) code:? (\d+)/m.exec(said)?.[1];
  return { text: shown, failed: code !== undefined && Number(code) !== 0 };
}
