/** A file as it was when its task was done. */
export interface FileMark {
  /** Relative to the workspace root. */
  readonly file: string;
  /** Of its content; null: it was not there. */
  readonly sha256: string | null;
}

/** A file of a task that is done. */
export interface DoneFile extends FileMark {
  /** The engine wrote it, and may write it again. */
  readonly wrote: boolean;
}

/** What was tried, or said, to show that a task is done. */
export interface ProofRecord {
  /** `command` and `request` were tried; `person` and `author` gave their word. */
  readonly by: "command" | "request" | "person" | "author";
  readonly text: string;
  /** What came of it: `passed`, `failed as it must`, `answered 200`. */
  readonly result: string;
  readonly ms?: number | undefined;
  /** The last of what a command wrote, without secrets. */
  readonly output?: string | undefined;
}

/** What is said of a test that must not pass yet, and does not. */
export const FAILED_AS_IT_MUST = "failed, as it must before the implementation";

/** Whether tests were seen to fail before what they test was there. */
export interface RedRecord {
  /** `command`: they were run and failed. `person`, `author`: somebody says so. */
  readonly by: "command" | "person" | "author";
  readonly commands: readonly string[];
  readonly at: string;
  /** The files of tests as they were then. */
  readonly files: readonly FileMark[];
}

/** What is left of a task that is done. Times are ISO 8601 in UTC. */
export interface Checkpoint {
  readonly version: 1;
  readonly task: string;
  readonly title: string;
  readonly service: string;
  readonly feature: string;
  /** `person`, or the id of the author. */
  readonly doneBy: string;
  readonly began: string;
  readonly ended: string;
  /** Work and waiting, from beginning to end. */
  readonly ms: number;
  readonly attempts: number;
  readonly proofs: readonly ProofRecord[];
  readonly seenFailing: RedRecord | null;
  readonly files: readonly DoneFile[];
  /** Of the service, after the task. */
  readonly findings: { readonly errors: number; readonly warnings: number; readonly infos: number };
  readonly tokens: { readonly input: number; readonly output: number };
}

/** A task that was begun. It is written before anything else, so that work that was cut off is noticed. */
export interface BegunTask {
  readonly version: 1;
  readonly task: string;
  readonly doneBy: string;
  readonly began: string;
  /** `accepted`: its checkpoint is written, and its box is still to be ticked. */
  readonly stage: "begun" | "accepted";
  /** Files of the task, and those about to be written, as they were before. */
  readonly before: readonly FileMark[];
  /** What is about to be written, as it will be. */
  readonly writing: readonly FileMark[];
  /** Fingerprints of the errors that were there before. */
  readonly errors: readonly string[];
  readonly attempts: number;
  readonly seenFailing: RedRecord | null;
  /** What went wrong last. */
  readonly failure: string | null;
  readonly tokens: { readonly input: number; readonly output: number };
}

/** A file that differs from what the newest checkpoint that knows it says. */
export interface ChangedFile {
  readonly file: string;
  readonly task: string;
  readonly state: "changed" | "missing";
}

/** `hashOf` is null for a file that is gone. Of several checkpoints about a file the newest counts. */
export function changedSince(
  checkpoints: readonly Checkpoint[],
  hashOf: (file: string) => string | null,
): ChangedFile[] {
  const newest = new Map<string, { mark: FileMark; task: string }>();
  const byTime = [...checkpoints].sort((a, b) => (a.ended < b.ended ? -1 : a.ended > b.ended ? 1 : 0));
  for (const { files, task } of byTime) for (const mark of files) newest.set(mark.file, { mark, task });
  return [...newest].flatMap(([file, { mark, task }]): ChangedFile[] => {
    const now = hashOf(file);
    if (now === mark.sha256) return [];
    return [{ file, task, state: now === null ? "missing" : "changed" }];
  });
}
