import type { Finding, Severity } from "../model/finding.ts";
import type { DocumentSummary } from "./document-summary.ts";
import type { OperationSummary } from "./verify-lines.ts";

/** A class of checks and what to say when none of them found an error or a warning. */
export interface Verified {
  readonly holds: string;
  readonly ok: boolean;
}

/** A finding that is there no more. */
export type GoneFinding = Pick<Finding, "rule" | "severity" | "message" | "service"> & {
  readonly file: string;
};

/** What is different now. */
export interface Since {
  /** "the last run", or what is compared with. */
  readonly than: string;
  readonly files: readonly string[];
  /** Findings that were not there before; undefined when nobody knows what was there. */
  readonly fresh: readonly Finding[] | undefined;
  readonly fixed: readonly GoneFinding[];
}

/** The answer of a command that checks: everything that any of the output formats shows. */
export interface CheckReport {
  readonly command: string;
  /** Nothing in it fails the run. */
  readonly ok: boolean;
  /** Warnings fail the run, as errors do. */
  readonly strict: boolean;
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  /** Files that were looked at. */
  readonly files: number;
  readonly services: readonly {
    readonly name: string;
    readonly dir: string;
    readonly implemented: boolean;
  }[];
  /** Only of `validate`. */
  readonly documents?: readonly DocumentSummary[];
  /** Only of `verify`. */
  readonly operations?: readonly OperationSummary[] | undefined;
  /** Only of `analyze`: what became of it since an earlier run. */
  readonly since?: Since | undefined;
  readonly verified: readonly Verified[];
  /** Lines that people should know of, such as that there is no baseline. */
  readonly notes: readonly string[];
  /** What to do with what was found as a whole; undefined when there is nothing to say. */
  readonly recommendation: string | undefined;
  /** The command to run next. */
  readonly next: string;
}

export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** "1 error, 2 warnings"; what there is none of is left out. */
export function countText(findings: readonly Finding[]): string {
  const parts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = countOf(findings, severity);
    return count === 0
      ? []
      : [`${count} ${severity === "info" ? "note" : severity}${count === 1 ? "" : "s"}`];
  });
  return parts.join(", ");
}
