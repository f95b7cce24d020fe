import { compareExpectations } from "../changes/compare-expectations.ts";
import { compareFleet } from "../changes/compare-fleet.ts";
import { changeRules } from "../changes/rules/index.ts";
import { toFindings } from "../check-workspace.ts";
import type { Finding } from "../model/finding.ts";
import { findBaselines, missingBaselines } from "../node/baselines.ts";
import { readBaseline } from "../node/read-baseline.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import type { Io, Options } from "./command.ts";
import { optionText } from "./options.ts";
import { hint } from "./report-command.ts";

/** What the contracts of a workspace were compared with, and what came out. */
export interface Comparison {
  readonly findings: Finding[];
  /** Why some of it was compared with nothing. */
  readonly notes: string[];
  /** For people; undefined when there was nothing to compare with. */
  readonly baseline: string | undefined;
}

/** Compares contracts with the baseline of their repository, and with what the tests of consumers expect. */
export function compareWithBaseline(read: ReadWorkspace, options: Options, io: Io): Comparison {
  const baselines = findBaselines(read.root, read.repositories, optionText(options, "compareWith"));
  const found = baselines.filter((baseline) => baseline.kind === "found");
  const missing = missingBaselines(baselines);
  const advice = "Contracts are checked as they stand; --compare-with REF names a baseline.";
  const notes = missing.length > 0 ? [`Nothing to compare with: ${missing.join("; ")}. ${advice}`] : [];
  for (const note of notes)
    hint(io, { quiet: options.quiet === true || !isForMachines(options) }, `speckit: ${note}`);
  const today = new Date(io.now()).toISOString().slice(0, 10);
  const judged = [
    ...compareFleet(readBaseline(read, found), read.workspace, changeRules, today),
    ...compareExpectations(read.workspace, read.valueOf, changeRules, today),
  ];
  const [first] = found;
  return {
    findings: toFindings(read.workspace, judged, read.locate),
    notes,
    baseline: !first
      ? undefined
      : found.length === 1
        ? `${first.ref} (${first.commit.slice(0, 7)})`
        : `the baselines of ${found.length} repositories`,
  };
}

function isForMachines(options: Options): boolean {
  return options.json === true || (options.format !== undefined && options.format !== "text");
}
