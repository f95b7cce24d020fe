import type { Location } from "./location.ts";
import type { MarkdownDocument, Marker } from "./markdown.ts";
import type { OperationMention } from "./spec.ts";

/** What a task waits for, as its `Dependencies:` line or "(depends on T003)" says. */
export interface TaskDependencies {
  /** Ids of other tasks. */
  readonly tasks: readonly Marker[];
  /** Packages to install. */
  readonly packages: readonly string[];
  /** "All implementation complete": every task of the earlier phases. */
  readonly all: boolean;
}

/** How a task shows that it is done. */
export interface Acceptance {
  readonly text: string;
  /** Code spans that are commands; run only by `implement`, after consent. */
  readonly commands: readonly string[];
  /** `GET /health` and the like. */
  readonly requests: readonly OperationMention[];
  readonly at: Location;
}

export interface Task {
  /** `T001` or `1.1`; `#1`, counted through the document, where tasks have no ids. */
  readonly id: string;
  readonly title: string;
  readonly at: Location;
  readonly state: "open" | "done" | "dropped";
  /** Marked `[P]`: may run beside the other such tasks of its phase. */
  readonly parallel: boolean;
  /** `US1`, when the task says which stories it serves. */
  readonly stories: readonly string[];
  /** Index into `phases`; undefined before the first phase. */
  readonly phase: number | undefined;
  /** Paths as written, without a line suffix. */
  readonly files: readonly string[];
  readonly dependencies: TaskDependencies;
  readonly type: string | undefined;
  readonly acceptance: Acceptance | undefined;
  /** Stories, requirements, operations and events that the task names. */
  readonly covers: readonly string[];
}

export interface Phase {
  readonly title: string;
  readonly at: Location;
  /** `US1`, when the phase is a story's. */
  readonly stories: readonly string[];
}

/** "Total Tasks: 94": a number that the document states about itself. */
export interface StatedTotal {
  readonly of: "tasks" | "done";
  readonly count: number;
  readonly at: Location;
}

/** A task list, in GitHub spec-kit's form (`- [ ] T001 …`) or the microservices form (`### Task 1.1: …`). */
export interface TaskList extends MarkdownDocument {
  readonly kind: "tasks";
  readonly phases: readonly Phase[];
  readonly tasks: readonly Task[];
  readonly totals: readonly StatedTotal[];
}

/** A task's id as a command line may have it: a shell takes what follows `#` for a comment. */
export function taskArgument(id: string): string {
  return id.replace(/^#/, "");
}

/** What people call a task: `T001`, but `Task 1.1`. */
export function taskName(id: string): string {
  return /^[\d#]/.test(id) ? `Task ${id}` : id;
}
