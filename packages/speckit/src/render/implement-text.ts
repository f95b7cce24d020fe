import { FAILED_AS_IT_MUST, type ProofRecord } from "../authoring/implement/checkpoint.ts";
import { taskName } from "../model/task-list.ts";
import type { ImplementReport, OrderLine, TaskView } from "./implement-report.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

const MOST_SHOWN = 200;
const MOST_LINES = 20;
/** Of what a command wrote: the error is where it begins, the sum where it ends. */
const HEAD = 14;
const TAIL = 8;

export function renderImplementText(given: ImplementReport, style: TextStyle): string {
  const report = visible(given);
  const colors = paint(style);
  const { service, feature, tasks, next, notes, problems, aside, changed, completed } = report;
  const gone = tasks.dropped > 0 ? `, ${tasks.dropped} dropped` : "";
  const head = `${colors.bold(service)}  ${feature}  ${tasks.done} of ${tasks.total} tasks done${gone}`;
  const blocks = [
    head,
    ...(changed.length > 0 ? [changedText(report, style)] : []),
    ...(completed.length > 0 ? [completedText(report, style)] : []),
    ...problems.map((problem) => problemText(problem, style)),
    ...(aside.length > 0 ? [asideText(report, style)] : []),
    ...(report.order ? [orderText(report.order, style)] : []),
    ...(report.task && report.outcome === "next" ? [taskText(report.task, report, style)] : []),
    ...(notes.length > 0 ? [notes.map((note) => marked("ℹ️ ", note, style)).join("\n")] : []),
    ...closing(report, style),
    `${colors.dim("Next:")} ${colors.cyan(next)}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** Documents may hold characters that would move a terminal's cursor or change its colours. */
function visible<T>(value: T): T {
  if (typeof value === "string") return value.replace(/[^\P{Cc}\n\t]/gu, "") as T;
  if (Array.isArray(value)) return value.map(visible) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visible(inner)])) as T;
}

function closing({ outcome, tasks }: ImplementReport, style: TextStyle): string[] {
  if (outcome === "complete") return [marked("✅", `All ${tasks.total} tasks are done`, style)];
  if (outcome === "interrupted")
    return [marked("⚠️ ", "Interrupted. What was begun is remembered; nothing is half-written.", style)];
  return [];
}

function changedText({ changed }: ImplementReport, style: TextStyle): string {
  const lines = changed
    .slice(0, MOST_LINES)
    .map(({ file, task, state }) =>
      marked(
        "⚠️ ",
        `${file} ${state === "missing" ? "is gone" : "has changed"} since ${taskName(task)} was done`,
        style,
      ),
    );
  const more = changed.length - MOST_LINES;
  return [...lines, ...(more > 0 ? [`   and ${more} more: --json`] : [])].join("\n");
}

function completedText({ completed }: ImplementReport, style: TextStyle): string {
  return completed
    .flatMap(({ task, title, proofs, seenFailing }) => [
      marked("✅", `${taskName(task)}: ${title}`, style),
      ...(seenFailing && !proofs.some(({ result }) => result === FAILED_AS_IT_MUST)
        ? [wrap(`tests seen to fail first (${sayer[seenFailing.by]})`, 3, style)]
        : []),
      ...proofs.map((proof) => wrap(proofText(proof), 3, style)),
    ])
    .join("\n");
}

const sayer = { command: "run", person: "on your word", author: "on its author's word" } as const;

function proofText({ by, text, result }: ProofRecord): string {
  if (by === "command" || by === "request") return `${by === "command" ? `\`${text}\`` : text}: ${result}`;
  return `${by === "person" ? "your word" : "its author's word"}: ${text}`;
}

/** The first line says what is wrong; what a command wrote follows, its beginning and its end. */
function problemText(problem: string, style: TextStyle): string {
  const { dim } = paint(style);
  const [first = "", ...said] = problem.split("\n");
  const gap = said.length - HEAD - TAIL;
  const shown = gap > 1 ? [...said.slice(0, HEAD), `… ${gap} lines …`, ...said.slice(-TAIL)] : said;
  return [marked("❌", first, style), ...shown.map((line) => dim(`   ${line}`.trimEnd()))].join("\n");
}

function asideText({ aside }: ImplementReport, style: TextStyle): string {
  return aside
    .map(({ task, title, why }) => marked("⚠️ ", `${taskName(task)}: ${title}. ${why}`, style))
    .join("\n");
}

function orderText(order: readonly OrderLine[], style: TextStyle): string {
  const { dim } = paint(style);
  const width = Math.max(...order.map(({ id }) => taskName(id).length));
  const lines = order.slice(0, MOST_SHOWN).map(({ id, title, state, waitsFor, blockedBy }) => {
    const mark = state === "done" ? "✅" : state === "dropped" ? "➖" : blockedBy.length > 0 ? "⏳" : "⬜";
    const waits = state === "open" && waitsFor.length > 0 ? `after ${named(waitsFor)}` : "";
    const line = marked(mark, `${taskName(id).padEnd(width)}  ${title}`, style);
    return waits === "" ? line : `${line}\n${dim(wrap(waits, width + 5, style))}`;
  });
  const more = order.length - MOST_SHOWN;
  return [...lines, ...(more > 0 ? [`and ${more} more: --json`] : [])].join("\n");
}

function named(ids: readonly string[]): string {
  const names = ids.slice(0, 5).map(taskName);
  return ids.length > 5 ? `${names.join(", ")} and ${ids.length - 5} more` : names.join(", ");
}

function taskText(task: TaskView, report: ImplementReport, style: TextStyle): string {
  const { bold, dim } = paint(style);
  const field = (name: string, value: string) => `  ${name.padEnd(12)}${wrap(value, 14, style).trimStart()}`;
  const lines = [
    bold(`${taskName(task.id)}: ${task.title}`),
    `  ${dim(`${report.file}:${task.line}`)}`,
    ...(task.files.length > 0 ? [field("Files", task.files.join(", "))] : []),
    ...(task.type === null ? [] : [field("Type", task.type)]),
    ...(task.acceptance === null ? [] : [field("Acceptance", task.acceptance)]),
    ...(task.waitsFor.length > 0 ? [field("After", named(task.waitsFor))] : []),
    ...(task.tries.length > 0 ? [field("Checked by", task.tries.join(", "))] : []),
    ...(task.failure === null ? [] : [problemText(task.failure, style)]),
  ];
  return lines.join("\n");
}
