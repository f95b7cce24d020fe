import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Suppression } from "../checks/suppress.ts";
import { type Finding, fingerprintOf } from "../model/finding.ts";
import { BadConfig } from "../parse/config.ts";
import { writeAtomically } from "./write-file.ts";

export const SUPPRESSIONS_FILE = ".speckit-suppressions.json";

/**
 * The findings that the team decided to live with; empty when there is no such file.
 * @throws BadConfig when the file cannot be understood: then nothing is known to be suppressed
 */
export function readSuppressions(root: string): Suppression[] {
  const path = join(root, SUPPRESSIONS_FILE);
  if (!existsSync(path)) return [];
  try {
    const { suppressions } = JSON.parse(readFileSync(path, "utf8")) as { suppressions?: unknown };
    if (Array.isArray(suppressions) && suppressions.every(isSuppression)) return suppressions;
  } catch {
    // Said below, for every way of being broken.
  }
  throw new BadConfig(
    `${SUPPRESSIONS_FILE}:1: this is no list of suppressions. Restore it from git, or write it anew with --suppress-all.`,
  );
}

export function writeSuppressions(root: string, suppressions: readonly Suppression[]): void {
  const sorted = [...suppressions].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const rows = sorted.map((suppression) => `    ${JSON.stringify(suppression)}`).join(",\n");
  const body = rows === "" ? "[]" : `[\n${rows}\n  ]`;
  writeAtomically(join(root, SUPPRESSIONS_FILE), `{\n  "schemaVersion": 1,\n  "suppressions": ${body}\n}\n`);
}

export function suppressionFor(finding: Finding): Suppression {
  return { rule: finding.rule, file: finding.location.file, fingerprint: fingerprintOf(finding) };
}

function isSuppression(value: unknown): value is Suppression {
  return (
    typeof value === "object" &&
    value !== null &&
    "fingerprint" in value &&
    typeof value.fingerprint === "string" &&
    "rule" in value &&
    "file" in value
  );
}
