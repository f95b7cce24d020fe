import type { Facts } from "../facts.ts";
import { refOfTask } from "../tasks.ts";
import { code, counted, type Section } from "./section.ts";

/** What is still to be built, task by task. */
export function plannedSection(facts: Facts): Section | undefined {
  const tasks = (facts.feature?.tasks?.tasks ?? []).filter(({ state }) => state === "open");
  if (tasks.length === 0 || facts.service.implemented) return undefined;
  const lines = tasks.map((task) => {
    const files = task.files.length > 0 ? `: ${task.files.map(code).join(", ")}` : "";
    // The place comes first: what stands before a place is taken for the name of what is there.
    return `- ${task.id} ${task.title} (${refOfTask(facts, task)})${files}`;
  });
  return { title: "Planned", lines: [`${counted(tasks.length, "task")} are open:`, "", ...lines] };
}
