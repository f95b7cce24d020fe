import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TokensUsed } from "../authoring/author.ts";
import type { Finding } from "../model/finding.ts";

const RUNS = ".speckit/runs";

/** How many findings of each kind a document has. */
export interface FindingCounts {
  readonly errors: number;
  readonly warnings: number;
}

/**
 * Of a draft: `written`, `revised`, `unchanged`, `printed` with --stdout, `superseded` when somebody else was first, `refused` when the document would
 * have become worse. Of a task: `answered`, `declined` when it is a person's. Of both: `failed`, `interrupted`.
 */
export type RunOutcome =
  | "written"
  | "revised"
  | "unchanged"
  | "printed"
  | "superseded"
  | "refused"
  | "answered"
  | "declined"
  | "failed"
  | "interrupted";

/** What is remembered of one run of an author. Not what was asked or answered, since either may have secrets in it; a failure may quote a few words. */
export interface RunRecord {
  /** `specify`, `implement`, … */
  readonly command: string;
  readonly author: string;
  readonly service?: string | undefined;
  readonly feature?: string | undefined;
  /** The document, relative to the root. */
  readonly file?: string | undefined;
  /** The task, by its id. */
  readonly task?: string | undefined;
  /** `FILE:LINE-LINE` of each part of the context pack. */
  readonly pack: readonly string[];
  /** Milliseconds since 1970. */
  readonly began: number;
  readonly ended: number;
  readonly tokens: TokensUsed;
  /** Of the document that stood there; undefined when there was none. */
  readonly before?: FindingCounts | undefined;
  /** Of each draft, the first one first. */
  readonly rounds?: readonly FindingCounts[] | undefined;
  readonly outcome: RunOutcome;
  /** Why it failed, or why there was no further revision; without secrets. */
  readonly reason?: string | undefined;
}

export function countFindings(findings: readonly Finding[]): FindingCounts {
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count("error"), warnings: count("warning") };
}

/**
 * Adds a run to the records of its day in `.speckit/runs`, which git does not see, and drops the days that are too old. A folder that cannot be
 * written is no reason to fail.
 */
export function recordRun(root: string, record: RunRecord, retentionDays: number): void {
  const { began, ended, ...rest } = record;
  const times = { began: new Date(began).toISOString(), seconds: Math.round((ended - began) / 100) / 10 };
  const folder = join(root, RUNS);
  try {
    mkdirSync(folder, { recursive: true });
    const ignored = join(folder, ".gitignore");
    if (!existsSync(ignored)) writeFileSync(ignored, "*\n");
    // A line is written at once, so that two runs at the same time never mix.
    appendFileSync(
      join(folder, `${times.began.slice(0, 10)}.jsonl`),
      `${JSON.stringify({ ...times, ...rest })}\n`,
    );
    dropOld(folder, ended - retentionDays * 86_400_000);
  } catch {
    // Nobody waits for a record.
  }
}

function dropOld(folder: string, before: number): void {
  const first = new Date(before).toISOString().slice(0, 10);
  for (const name of readdirSync(folder))
    if (/^\d{4}-\d\d-\d\d\.jsonl$/.test(name) && name.slice(0, 10) < first)
      rmSync(join(folder, name), { force: true });
}
