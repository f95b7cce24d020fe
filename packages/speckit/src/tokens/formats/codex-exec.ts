import type { SessionEvent } from "../session.ts";
import { type Fields, fields, list, text } from "./fields.ts";
import { toolAction } from "./tool-action.ts";

/** Whether a line is one of `codex exec --json`, which prints no rollout: `thread.started`, `item.completed`, `turn.completed`. */
export function isExecEvent(type: unknown): boolean {
  return typeof type === "string" && /^(?:thread|turn|item)\./.test(type);
}

/** What was said and done in such a line. Items are told once, when they are complete; a list of things to do whenever it changes. */
export function* execItem({ type, item: given }: Fields): Generator<SessionEvent> {
  const item = fields(given);
  const said = text(item.text) ?? "";
  if (item.type === "todo_list") yield tool(item, "update_plan", { plan: list(item.items).map(step) });
  if (type !== "item.completed") return;
  if (item.type === "agent_message") yield { kind: "answer", text: said };
  else if (item.type === "reasoning") yield { kind: "thinking", text: said };
  else if (item.type === "command_execution") {
    yield tool(item, "shell", { command: unwrapped(text(item.command) ?? "") });
    const failed = typeof item.exit_code === "number" ? item.exit_code !== 0 : item.status === "failed";
    yield { kind: "result", id: idOf(item), text: text(item.aggregated_output) ?? "", failed };
  } else if (item.type === "file_change") {
    const paths = list(item.changes).flatMap((change) => text(fields(change).path) ?? []);
    if (paths.length > 0)
      yield { kind: "tool", id: idOf(item), action: { kind: "edit", paths }, input: paths.join("\n") };
  }
}

function tool(item: Fields, name: string, input: Fields): SessionEvent {
  return { kind: "tool", id: idOf(item), action: toolAction(name, input), input: JSON.stringify(input) };
}

function idOf({ id }: Fields): string {
  return text(id) ?? "";
}

function step(entry: unknown): Fields {
  const { text: words, completed } = fields(entry);
  return { step: words, status: completed === true ? "completed" : "pending" };
}

/** `bash -lc 'npm test'` is `npm test`. */
function unwrapped(command: string): string {
  const { quoted, plain } =
    /^(?:\/\S*\/)?(?:ba|z|da)?sh\s+-\w*c\s+(?:(["'])(?<quoted>[\s\S]*)\1|(?<plain>\S+))$/.exec(command)
      ?.groups ?? {};
  return quoted ?? plain ?? command;
}
