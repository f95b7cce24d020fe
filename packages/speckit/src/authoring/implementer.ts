import type { Task } from "../model/task-list.ts";
import type { Feature, Workspace } from "../model/workspace.ts";
import type { AuthorRun } from "./author.ts";

/** A task to work on, and what whoever does it may know. */
export interface TaskAssignment {
  readonly workspace: Workspace;
  readonly service: { readonly name: string; readonly dir: string };
  readonly feature: Feature;
  readonly task: Task;
  /** The context pack for the task, as `speckit context implement` prints it. */
  readonly pack: string;
  /** What went wrong the last time, with what the engine knows of it; undefined the first time. */
  readonly failure: string | undefined;
  /** Of a task whose tests come first: what is wanted now. Undefined: the whole task. */
  readonly part?: "tests" | "implementation" | undefined;
  /** The text of a file of the workspace as it stands now; undefined when there is none or it cannot be read. */
  readonly textOf: (file: string) => string | undefined;
}

/** A file to write, whole. */
export interface WrittenFile {
  /** Relative to the workspace root. */
  readonly file: string;
  readonly text: string;
}

/** Who works on tasks. The engine decides whether one is done. */
export interface Implementer {
  /** `offline`, `agent:NAME`, `model:PROVIDER/MODEL`. */
  readonly id: string;
  /** A program of somebody's own, as it will be run: a person should see it. */
  readonly command?: string | undefined;
  /** It edits files of the workspace itself, as agents do. */
  readonly edits?: boolean;
  /**
   * Files to write for a task; none when the implementer edits files itself, or when the task is nothing for it, which it says in `said`.
   */
  implement(assignment: TaskAssignment, run: AuthorRun): Promise<Implemented>;
}

export interface Implemented {
  readonly files: readonly WrittenFile[];
  /** The implementer's own words: what it did, or why it did nothing. */
  readonly said: string;
  /** A person has to do it: nothing failed, and nothing was done. */
  readonly declined?: boolean;
}
