import type { Area } from "../checks/check.ts";
import { checks } from "../checks/index.ts";
import type { Finding } from "../model/finding.ts";
import type { DocumentSummary } from "../render/document-summary.ts";
import { questionsText } from "../render/draft-text.ts";
import { grouped } from "../render/grouped.ts";

/** What is said of a class of checks when it finds nothing, and when it finds something. */
interface DocumentLine {
  readonly area: Area | "questions";
  /** Undefined for what is only said when it fails. */
  readonly holds: string | undefined;
  readonly fails: string;
}

/** A line of a class of checks, with the worst that was found. */
export interface JudgedLine {
  readonly text: string;
  readonly worst: "error" | "warning" | undefined;
}

/** The lines of one document. */
export function linesOfOne({
  file,
  kind,
  bytes,
  clarifications,
  tasks,
  done,
}: DocumentSummary): DocumentLine[] {
  const size = `${grouped(bytes)} byte${bytes === 1 ? "" : "s"}`;
  return [
    ...commonLines(`${file.slice(file.lastIndexOf("/") + 1)}: `, size, clarifications),
    ...(kind === "tasks" && tasks > 0 ? [taskLine(tasks, done)] : []),
  ];
}

/** The lines of many documents. A class of which there is nothing to check has no line. */
export function linesOfMany(documents: readonly DocumentSummary[]): DocumentLine[] {
  if (documents.length === 0) return [];
  const sum = (of: (document: DocumentSummary) => number) =>
    documents.reduce((total, document) => total + of(document), 0);
  const has = (kind: DocumentSummary["kind"]) => documents.some((document) => document.kind === kind);
  const [scenarios, tasks] = [sum((document) => document.scenarios), sum((document) => document.tasks)];
  return [
    ...commonLines(
      "",
      `${grouped(sum(({ bytes }) => bytes))} bytes in ${countOf(documents)}`,
      sum(({ clarifications }) => clarifications),
    ),
    ...(scenarios > 0
      ? [
          {
            area: "scenarios" as const,
            holds: `All scenarios complete (${scenarios})`,
            fails: "Scenarios incomplete",
          },
        ]
      : []),
    ...(has("spec") && (has("plan") || has("tasks"))
      ? [
          {
            area: "traceability" as const,
            holds: "Specs, plans and tasks agree",
            fails: "Specs, plans and tasks disagree",
          },
        ]
      : []),
    ...(tasks > 0
      ? [
          taskLine(
            tasks,
            sum(({ done }) => done),
          ),
        ]
      : []),
    ...(has("constitution") && has("plan")
      ? [
          {
            area: "constitution" as const,
            holds: "Plans follow the constitution",
            fails: "Plans against the constitution",
          },
        ]
      : []),
  ];
}

function commonLines(name: string, size: string, questions: number): DocumentLine[] {
  return [
    {
      area: "sections",
      holds: `${name}All required sections present`,
      fails: `${name}Sections missing or empty`,
    },
    { area: "placeholders", holds: "No TODO/TBD placeholders found", fails: "Placeholders left" },
    { area: "content", holds: `Sufficient content (${size})`, fails: `Too little content (${size})` },
    { area: "questions", holds: undefined, fails: questionsText(questions) },
  ];
}

function taskLine(tasks: number, done: number): DocumentLine {
  const count = `${tasks} task${tasks === 1 ? "" : "s"}`;
  return { area: "tasks", holds: `${count} in order, ${done} done`, fails: `${count}, not all in order` };
}

const nouns = {
  spec: ["spec", "specs"],
  plan: ["plan", "plans"],
  tasks: ["task list", "task lists"],
  constitution: ["constitution", "constitutions"],
} as const;

/** "5 specs, 5 plans, 1 constitution". */
function countOf(documents: readonly DocumentSummary[]): string {
  const parts = Object.entries(nouns).flatMap(([kind, [one, many]]) => {
    const count = documents.filter((document) => document.kind === kind).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.join(", ");
}

const areaOf = new Map<string, DocumentLine["area"]>([
  ...checks.map(({ id, area }) => [id, area] as const),
  // A question is asked on purpose; a placeholder was forgotten.
  ["clarification-open", "questions"],
]);

/** Says of each line what the findings make of it; notes do not count. */
export function judgeLines(lines: readonly DocumentLine[], findings: readonly Finding[]): JudgedLine[] {
  return lines.flatMap(({ area, holds, fails }) => {
    const found = findings.filter(({ rule }) => areaOf.get(rule) === area);
    const worst = (["error", "warning"] as const).find((severity) =>
      found.some((finding) => finding.severity === severity),
    );
    const text = worst === undefined ? holds : fails;
    return text === undefined ? [] : [{ text, worst }];
  });
}
