import type { Report, Severity } from "../model/finding.ts";
import type { Workspace } from "../model/workspace.ts";

/**
 * What a check is about: each area has a line in the output that says so when nothing is wrong. The first half belongs to `validate`,
 * the second to `validate-contracts`.
 */
export type Area = DocumentArea | ContractArea;
export type DocumentArea =
  | "sections"
  | "placeholders"
  | "content"
  | "scenarios"
  | "traceability"
  | "tasks"
  | "constitution"
  | "reading";
export type ContractArea =
  | "api"
  | "events"
  | "cycles"
  | "dependencies"
  | "consumers"
  | "ownership"
  | "principles"
  | "contract-reading";

/** How often a check was right on real documents, as measured once by hand. Source: docs/explanation/measured-checks.md */
export interface Measurement {
  /** Findings on the 120 documents. */
  readonly hits: number;
  /** How many of them were looked at: all, or 20. */
  readonly sampled: number;
  readonly right: number;
}

/** One rule about a workspace. To add one see CONTRIBUTING.md. */
export interface Check {
  /** Kebab-case; names the bad state. People suppress by it. */
  readonly id: string;
  readonly area: Area;
  readonly severity: Severity;
  /** What holds when the check finds nothing. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly measured?: Measurement;
  /** Pure: the same workspace yields the same reports, and the workspace is left as it was. */
  run(workspace: Workspace): Iterable<Report>;
}
