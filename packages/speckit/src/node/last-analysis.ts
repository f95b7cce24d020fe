import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Finding, fingerprintOf } from "../model/finding.ts";
import type { GoneFinding } from "../render/report.ts";
import { writeAtomically } from "./write-file.ts";

/** What `analyze` saw when it last ran. */
export interface LastAnalysis {
  /** Git blob ids of documents and source files. */
  readonly hashes: Readonly<Record<string, string>>;
  readonly findings: readonly (GoneFinding & { readonly fingerprint: string })[];
}

const FILE = ".speckit/cache/analysis.json";

/** Undefined when there was no run, it is too long ago, or its record is damaged: then everything is new. Never throws. */
export function readLastAnalysis(root: string, retentionDays: number, now: number): LastAnalysis | undefined {
  try {
    const file = join(root, FILE);
    if (now - statSync(file).mtimeMs > retentionDays * 86_400_000) return undefined;
    const stored: unknown = JSON.parse(readFileSync(file, "utf8"));
    return isAnalysis(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

/** A record that cannot be written is done without: the next run has nothing to compare with. */
export function writeLastAnalysis(
  root: string,
  hashes: ReadonlyMap<string, string>,
  findings: readonly Finding[],
): void {
  const record: LastAnalysis = {
    hashes: Object.fromEntries(hashes),
    findings: findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      service: finding.service,
      file: finding.location.file,
      fingerprint: fingerprintOf(finding),
    })),
  };
  const file = join(root, FILE);
  try {
    writeAtomically(file, JSON.stringify(record));
    writeAtomically(join(dirname(file), ".gitignore"), "*\n");
  } catch {
    // A folder that cannot be written is no reason to fail.
  }
}

function isAnalysis(value: unknown): value is LastAnalysis {
  return (
    typeof value === "object" &&
    value !== null &&
    "hashes" in value &&
    typeof value.hashes === "object" &&
    value.hashes !== null &&
    "findings" in value &&
    Array.isArray(value.findings) &&
    value.findings.every((one: unknown) => typeof one === "object" && one !== null && "fingerprint" in one)
  );
}
