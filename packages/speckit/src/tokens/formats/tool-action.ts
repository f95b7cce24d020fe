import type { PlanStep, ToolAction } from "../session.ts";
import { type Fields, fields, list, text } from "./fields.ts";

const reading = /^(?:read|read_file|view|readfile|notebookread|open_file)$/;
const editing =
  /^(?:edit|write|multiedit|notebookedit|write_file|replace|str_replace_based_edit_tool|create_file|edit_file|patch)$/;
const running = /^(?:bash|shell|exec_command|local_shell|run_shell_command|shell_command|powershell)$/;
const planning = /^(?:todowrite|update_plan|write_todos)$/;

/** What a call of a tool does, from its name and its arguments. */
export function toolAction(name: string, input: unknown): ToolAction {
  const given = fields(input);
  const word = name.toLowerCase();
  if (word === "apply_patch" || word === "patch") return patch(name, input);
  const path = pathIn(given);
  if (reading.test(word) && path !== undefined)
    return { kind: "read", path, range: [given.offset, given.limit].map(String).join("+") };
  if (editing.test(word) && path !== undefined) return { kind: "edit", paths: [path] };
  if (running.test(word)) return runAction(commandIn(given));
  if (planning.test(word)) return { kind: "plan", steps: stepsIn(given) };
  return { kind: "other", name };
}

function pathIn(given: Fields): string | undefined {
  return (
    text(given.file_path) ??
    text(given.filePath) ??
    text(given.absolute_path) ??
    text(given.notebook_path) ??
    text(given.path)
  );
}

/** A command as a text, or as the words of one: `["bash", "-lc", "npm test"]`. */
function commandIn(given: Fields): string {
  const command = given.command ?? given.cmd;
  if (!Array.isArray(command)) return text(command) ?? "";
  const words = command.map(String);
  return /^(?:ba|z|da)?sh$/.test(words[0] ?? "") && words[1]?.startsWith("-")
    ? words.slice(2).join(" ")
    : words.join(" ");
}

/** A command that does nothing but show one file is a reading of it: some agents have no other tool for that. */
const showing =
  /^(?:cd\s+\S+\s*&&\s*)?(?:cat|bat|nl|head|tail|less)(?:\s+-[\w-]+(?:\s+\d+)?)*\s+(?<file>[^\s|;&<>$*`-][^\s|;&<>$*`]*)\s*$|^sed\s+-n\s+(?<range>\S+)\s+(?<part>[^\s|;&<>$*`]+)\s*$/;

function runAction(command: string): ToolAction {
  if (/^apply_patch\b/.test(command)) return patch("apply_patch", command);
  const { file, range, part } = showing.exec(command.trim())?.groups ?? {};
  const path = (file ?? part)?.replace(/^["']|["']$/g, "");
  if (path === undefined) return { kind: "run", command };
  return { kind: "read", path, range: range ?? (command.includes(" -") ? command : "whole") };
}

/** The files that a patch in the form of Codex touches. */
function patch(name: string, input: unknown): ToolAction {
  const given = fields(input);
  const body = text(input) ?? text(given.input) ?? text(given.patch) ?? text(given.patchText) ?? "";
  const paths = [...body.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)].map(([, path = ""]) =>
    path.trim(),
  );
  return paths.length > 0 ? { kind: "edit", paths } : { kind: "other", name };
}

function stepsIn(given: Fields): PlanStep[] {
  return list(given.todos ?? given.plan).flatMap((step) => {
    const { content, step: words, description, status } = fields(step);
    const line = text(content) ?? text(words) ?? text(description);
    return line === undefined ? [] : { text: line, done: status === "completed" || status === "cancelled" };
  });
}
