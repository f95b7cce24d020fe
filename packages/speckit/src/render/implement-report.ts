import type { ChangedFile, Checkpoint } from "../authoring/implement/checkpoint.ts";

/** A task as whoever works on it needs to see it. */
export interface TaskView {
  readonly id: string;
  readonly title: string;
  readonly state: "open" | "done" | "dropped";
  readonly line: number;
  readonly phase: string | null;
  readonly type: string | null;
  /** Relative to the workspace root. */
  readonly files: readonly string[];
  readonly acceptance: string | null;
  readonly waitsFor: readonly string[];
  /** What `--done` will try: commands and requests. */
  readonly tries: readonly string[];
  readonly testsFirst: boolean;
  readonly seenFailing: boolean;
  /** What went wrong last. */
  readonly failure: string | null;
}

/** A task in the order of the list. */
export interface OrderLine {
  readonly id: string;
  readonly title: string;
  readonly state: "open" | "done" | "dropped";
  readonly line: number;
  readonly waitsFor: readonly string[];
  /** What of that is open still. */
  readonly blockedBy: readonly string[];
}

/**
 * `order`: the dry run. `next`: a task is shown, and waits. `red`: its tests were seen to fail. `done`: tasks were accepted. `complete`: none is left.
 * `refused`: what was said to be done is not. `failed`: an author gave up. `aside`: what is left is for a person. `changed`: files differ from their
 * checkpoints. `interrupted`: somebody stopped it.
 */
export type ImplementOutcome =
  | "order"
  | "next"
  | "red"
  | "done"
  | "complete"
  | "refused"
  | "failed"
  | "aside"
  | "changed"
  | "interrupted";

/** What `implement` and `resume` have to say: their JSON. */
export interface ImplementReport {
  readonly service: string;
  readonly feature: string;
  /** The list. */
  readonly file: string;
  /** Null: a person works. */
  readonly author: string | null;
  readonly outcome: ImplementOutcome;
  readonly tasks: {
    readonly total: number;
    readonly done: number;
    readonly dropped: number;
    readonly open: number;
  };
  /** Of this run. */
  readonly tokens: { readonly input: number; readonly output: number };
  readonly completed: readonly (Checkpoint & { readonly checkpoint: string })[];
  readonly task: TaskView | null;
  /** Why a task is not done. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  /** Tasks that were left for a person. */
  readonly aside: readonly { readonly task: string; readonly title: string; readonly why: string }[];
  readonly changed: readonly ChangedFile[];
  /** With `--dry-run`. */
  readonly order?: readonly OrderLine[] | undefined;
  /** The command to run next. */
  readonly next: string;
}
