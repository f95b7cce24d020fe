import type { Constitution } from "../model/constitution.ts";
import type { Plan } from "../model/plan.ts";
import type { Spec } from "../model/spec.ts";
import type { TaskList } from "../model/task-list.ts";

/** What was read of a document, in numbers; a kind that has no scenarios has 0 of them. Duplicates count. */
export interface DocumentSummary {
  readonly file: string;
  readonly kind: "spec" | "plan" | "tasks" | "constitution";
  /** ISO 639-1. */
  readonly language: string;
  readonly scenarios: number;
  readonly requirements: number;
  readonly successCriteria: number;
  readonly clarifications: number;
  readonly tasks: number;
  /** Tasks that are ticked off. */
  readonly done: number;
  readonly bytes: number;
}

/** Counts what a document holds. */
export function summarize(document: Spec | Plan | TaskList | Constitution): DocumentSummary {
  const { file, kind, language, clarifications, bytes } = document;
  const spec = kind === "spec" ? document : undefined;
  const tasks = kind === "tasks" ? document.tasks : [];
  return {
    file,
    kind,
    language,
    scenarios: spec?.scenarios.length ?? 0,
    requirements: spec?.requirements.length ?? 0,
    successCriteria: spec?.successCriteria.length ?? 0,
    clarifications: clarifications.length,
    tasks: tasks.length,
    done: tasks.filter(({ state }) => state === "done").length,
    bytes,
  };
}
