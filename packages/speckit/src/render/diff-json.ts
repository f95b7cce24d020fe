import type { ChangeDetail, Level } from "../model/finding.ts";
import type { Location } from "../model/location.ts";

/** One change between two versions of a contract, with its place in each. */
export interface LocatedChange {
  readonly change: ChangeDetail;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly base: Location;
  readonly revision: Location;
}

/** Two versions of a contract compared; `none` when nobody could notice a difference. */
export interface LocatedDiff {
  readonly level: Level | "none";
  readonly changes: readonly LocatedChange[];
}

/** The JSON of `speckit diff --json`; its shape is a promise (schemaVersion changes with it). */
export function renderDiffJson({ level, changes }: LocatedDiff): string {
  const document = {
    schemaVersion: 1,
    command: "diff",
    level,
    changes: changes.map(({ change, message, why, fix, base, revision }) => ({
      kind: change.kind,
      level: change.level,
      direction: change.direction,
      operation: change.operation,
      operations: change.operations,
      location: change.location,
      message,
      why,
      fix,
      before: change.before,
      after: change.after,
      base,
      revision,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
