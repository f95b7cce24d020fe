import type { CodeFile } from "./code.ts";
import type { Constitution } from "./constitution.ts";
import type { Contract, Expectation, ReadingProblem } from "./contract.ts";
import type { Deployment } from "./deployment.ts";
import type { Manifest } from "./manifest.ts";
import type { CatalogInfo, CodeOwners } from "./ownership.ts";
import type { Plan } from "./plan.ts";
import type { Spec } from "./spec.ts";
import type { Summary } from "./summary.ts";
import type { TaskList } from "./task-list.ts";

/** A file that claims to be one of ours and cannot be read. */
export interface UnreadableFile {
  readonly kind: "unreadable";
  readonly file: string;
  readonly problems: readonly ReadingProblem[];
}

export type ParsedDocument =
  | Spec
  | Plan
  | TaskList
  | Constitution
  | Summary
  | Contract
  | Expectation
  | CodeFile
  | Deployment
  | Manifest
  | CodeOwners
  | CatalogInfo
  | UnreadableFile;
