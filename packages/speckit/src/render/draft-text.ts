import type { BlockChange } from "../authoring/revise/revise.ts";
import { marked, paint, type TextStyle } from "./text-style.ts";

/** What a command that drafts has to say of the file. */
export interface DraftReport {
  readonly file: string;
  readonly outcome: "written" | "revised" | "unchanged";
  readonly changes: readonly BlockChange[];
  /** A line for each class of checks; empty when nothing was checked. */
  readonly lines: readonly { readonly text: string; readonly worst: "error" | "warning" | undefined }[];
  readonly questions: number;
  /** Operations that no scenario asks for. */
  readonly unasked: readonly string[];
  /** What may begin now; undefined while something fails. */
  readonly ready: string | undefined;
  readonly next: string;
}

const marks = { error: "❌", warning: "⚠️ ", none: "✅" } as const;
const outcomes = { written: "written", revised: "revised", unchanged: "is up to date" } as const;

export function renderDraftText(report: DraftReport, style: TextStyle): string {
  const colors = paint(style);
  const { file, outcome, changes, lines, questions, unasked, ready, next } = report;
  const diff = changes.map((change) => changeText(change, style));
  const head = [
    marked("✅", `${file} ${outcomes[outcome]}`, style),
    // Questions have a line of their own.
    ...lines.map(({ text, worst }) => marked(marks[worst ?? "none"], text, style)),
    ...(questions > 0 ? [marked(marks.warning, questionsText(questions), style)] : []),
    ...(unasked.length > 0 ? [marked(marks.warning, unaskedText(unasked), style)] : []),
    ...(ready === undefined ? [] : [ready]),
  ];
  return `${[...diff, head.join("\n"), `${colors.dim("Next:")} ${colors.cyan(next)}`].join("\n\n")}\n`;
}

/** What is said of open questions, and what answers them. */
export function questionsText(count: number): string {
  return `${count === 1 ? "1 question is" : `${count} questions are`} open: speckit clarify`;
}

function unaskedText(operations: readonly string[]): string {
  const [first = "", second, ...more] = operations;
  const others = more.length > 0 ? [second, `${more.length} more`] : second === undefined ? [] : [second];
  return `No scenario asks for ${[first, ...others].join(", ")}: speckit specify`;
}

const verbs = {
  added: "Added",
  changed: "Changed",
  dropped: "Dropped",
  kept: "Kept as you wrote it",
} as const;

/** The lines that differ, those that are the same at both ends left out. What was kept shows what the draft would say. */
export function changeText({ kind, name, before, after }: BlockChange, style: TextStyle): string {
  const colors = paint(style);
  const [old, fresh] = [before, after].map((text) => (text === "" ? [] : text.trim().split("\n"))) as [
    string[],
    string[],
  ];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start++;
  let end = 0;
  while (end < old.length - start && end < fresh.length - start && old.at(-1 - end) === fresh.at(-1 - end))
    end++;
  const removed = old.slice(start, old.length - end).map((line) => colors.red(`- ${line}`));
  const added = fresh.slice(start, fresh.length - end).map((line) => colors.green(`+ ${line}`));
  const shown = kind === "kept" ? added : [...removed, ...added];
  const title = kind === "kept" ? `${verbs[kind]}: ${name} (the draft has)` : `${verbs[kind]}: ${name}`;
  return [colors.bold(title), ...shown].join("\n");
}
