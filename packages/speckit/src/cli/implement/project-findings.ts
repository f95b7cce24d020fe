import { checkWorkspace } from "../../check-workspace.ts";
import { checks } from "../../checks/index.ts";
import { suppress } from "../../checks/suppress.ts";
import { type Finding, fingerprintOf } from "../../model/finding.ts";
import { readSuppressions } from "../../node/suppressions-file.ts";
import type { Io } from "../command.ts";
import type { Work } from "./work.ts";

/** What the checks say of the service that is worked on. */
export interface ProjectFindings {
  readonly counts: { readonly errors: number; readonly warnings: number; readonly infos: number };
  readonly errors: readonly Finding[];
}

export function projectFindings({ opened, service, feature, root }: Work, io: Io): ProjectFindings {
  const { read } = opened;
  const today = new Date(io.now()).toISOString().slice(0, 10);
  const found = checkWorkspace(read.workspace, checks, read.locate);
  const { findings } = suppress(found, readSuppressions(root), read.textOf, today);
  const own = findings.filter(
    (finding) =>
      service.dir === "." ||
      finding.service === service.name ||
      finding.location.file.startsWith(`${feature.dir}/`),
  );
  const count = (severity: Finding["severity"]) => own.filter((one) => one.severity === severity).length;
  return {
    counts: { errors: count("error"), warnings: count("warning"), infos: count("info") },
    errors: own.filter(({ severity }) => severity === "error"),
  };
}

/** Errors that were not there before; of equal ones, those that are more than before. */
export function newErrors(before: readonly string[], { errors }: ProjectFindings): Finding[] {
  const left = new Map<string, number>();
  for (const fingerprint of before) left.set(fingerprint, (left.get(fingerprint) ?? 0) + 1);
  return errors.filter((finding) => {
    const fingerprint = fingerprintOf(finding);
    const count = left.get(fingerprint) ?? 0;
    left.set(fingerprint, count - 1);
    return count <= 0;
  });
}
