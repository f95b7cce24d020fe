import type { SessionDigest } from "./session-digest.ts";

/** A file of the workspace that the session touched, as it is now. */
export interface TouchedFile {
  readonly file: string;
  /** The beginning of its git blob id; undefined when it is gone. */
  readonly hash: string | undefined;
  readonly edits: number;
  readonly reads: number;
}

/** How far a feature is whose service the session worked on. */
export interface FeatureState {
  readonly service: string | undefined;
  readonly dir: string;
  readonly scenarios: number | undefined;
  readonly clarifications: readonly string[];
  readonly planned: boolean;
  readonly tasks:
    | { readonly done: number; readonly total: number; readonly next: readonly string[] }
    | undefined;
}

/** Something of the workspace that the edited files have to do with. */
export interface Concern {
  readonly name: string;
  readonly file: string;
  readonly line: number;
}

/** What the next session needs to know of one that ends. */
export interface SessionSummary {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly agent: string;
  readonly session: string;
  readonly digest: SessionDigest;
  readonly files: readonly TouchedFile[];
  /** Files that were touched outside of the workspace. */
  readonly outside: number;
  readonly features: readonly FeatureState[];
  readonly contracts: readonly string[];
  readonly operations: readonly Concern[];
  readonly scenarios: readonly Concern[];
  /** Services that use what was edited. */
  readonly affected: readonly string[];
}
