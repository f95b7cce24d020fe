import type { Story } from "../../model/spec.ts";
import type { DraftTask } from "./task-kinds.ts";
import type { DraftPhase } from "./task-plan.ts";

/** `microservices`: `### Task 1.1: …` with fields. `spec-kit`: `- [ ] T001 [P] [US1] …`. */
export type TaskForm = "microservices" | "spec-kit";

export function renderTasks(title: string, phases: readonly DraftPhase[], form: TaskForm): string {
  return form === "microservices" ? headings(title, phases) : boxes(title, phases);
}

function headings(title: string, phases: readonly DraftPhase[]): string {
  const ids = numbers(phases, (phase, task) => `Task ${phase + 1}.${task + 1}`);
  const blocks = phases.flatMap((phase, index) => [
    `## Phase ${index + 1}: ${phase.title}`,
    ...phase.tasks.map((task) => {
      const waits = [...(task.packages ?? []), ...task.after.flatMap((one) => ids.get(one) ?? [])];
      return [
        `### ${ids.get(task.title)}: ${task.title}`,
        `- File: ${task.files.join(", ")}`,
        `- Dependencies: ${task.afterAll ? "All implementation complete" : waits.join(", ") || "None"}`,
        `- Type: ${task.type}`,
        `- Acceptance: ${task.acceptance}`,
        ...(task.covers.length > 0 ? [`- Covers: ${task.covers.join(", ")}`] : []),
      ].join("\n");
    }),
  ]);
  return `${[`# Implementation Tasks: ${title}`, ...blocks].join("\n\n")}\n`;
}

function boxes(title: string, phases: readonly DraftPhase[]): string {
  let count = 0;
  const ids = numbers(phases, () => `T${String(++count).padStart(3, "0")}`);
  const before: string[] = [];
  const blocks = phases.map((phase, index) => {
    const lines = phase.tasks.map((task) => line(task, phase, ids, before));
    before.push(...phase.tasks.flatMap((task) => ids.get(task.title) ?? []));
    const story = phase.story ? `User Story ${numberOf(phase.story)} - ${phase.title}` : phase.title;
    return [`## Phase ${index + 1}: ${story}`, "", ...lines].join("\n");
  });
  return `${[`# Tasks: ${title}`, ...blocks].join("\n\n")}\n`;
}

function line(
  task: DraftTask,
  phase: DraftPhase,
  ids: ReadonlyMap<string, string>,
  before: readonly string[],
): string {
  const siblings = new Set(phase.tasks.map(({ title }) => title));
  const isParallel = task.type === "Test" && !task.after.some((title) => siblings.has(title));
  const waits = task.afterAll
    ? [`${before[0]}-${before.at(-1)}`]
    : task.after.flatMap((title) => ids.get(title) ?? []);
  const words = [
    "- [ ]",
    ids.get(task.title),
    ...(isParallel ? ["[P]"] : []),
    ...(phase.story ? [`[US${numberOf(phase.story)}]`] : []),
    task.title,
    `in ${task.files.map((file) => `\`${file}\``).join(", ")}`,
    ...(waits.length > 0 ? [`(depends on ${waits.join(", ")})`] : []),
  ];
  return [
    words.join(" "),
    `  - Acceptance: ${task.acceptance}`,
    ...(task.packages?.length ? [`  - Packages: ${task.packages.join(", ")}`] : []),
    ...(task.covers.length > 0 ? [`  - Covers: ${task.covers.join(", ")}`] : []),
  ].join("\n");
}

/** `US2` and `P2` are both the second story. */
function numberOf({ id }: Story): string {
  return /\d+/.exec(id)?.[0] ?? id;
}

function numbers(
  phases: readonly DraftPhase[],
  name: (phase: number, task: number) => string,
): Map<string, string> {
  return new Map(
    phases.flatMap(({ tasks }, phase) => tasks.map((task, index) => [task.title, name(phase, index)])),
  );
}
