import type { Finding } from "../model/finding.ts";
import { fingerprintOf } from "../model/finding.ts";
import { compareText } from "../model/location.ts";
import { changedSinceBaselines, findBaselines, missingBaselines } from "../node/baselines.ts";
import type { LastAnalysis } from "../node/last-analysis.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import type { Since } from "../render/report.ts";
import type { Options } from "./command.ts";
import { optionText } from "./options.ts";

/** What is different from the last run: files by content, findings by what makes them the same tomorrow. */
export function sinceLastRun(
  { hashes, findings }: LastAnalysis,
  read: ReadWorkspace,
  present: readonly Finding[],
): Since {
  const names = new Set([...Object.keys(hashes), ...read.hashes.keys()]);
  const files = [...names].filter((file) => hashes[file] !== read.hashes.get(file)).sort(compareText);
  const before = countsOf(findings.map(({ fingerprint }) => fingerprint));
  const now = countsOf(present.map(fingerprintOf));
  return {
    than: "the last run",
    files,
    fresh: present.filter((finding) => !take(before, fingerprintOf(finding))),
    fixed: findings
      .filter(({ fingerprint }) => !take(now, fingerprint))
      .map(({ rule, severity, message, service, file }) => ({ rule, severity, message, service, file })),
  };
}

/** What is different from a revision; whether a finding was there already nobody knows. Undefined without a baseline, with the reason. */
export function sinceBaseline(
  { root, repositories }: ReadWorkspace,
  options: Options,
): Since | { readonly reason: string } {
  const baselines = findBaselines(root, repositories, optionText(options, "compareWith"));
  const found = baselines.find((baseline) => baseline.kind === "found");
  if (!found) return { reason: missingBaselines(baselines).join("; ") };
  return {
    than: `${found.ref} (${found.commit.slice(0, 7)})`,
    files: [...changedSinceBaselines(root, baselines)].sort(compareText),
    fresh: undefined,
    fixed: [],
  };
}

/** Whether a finding is new, or is about a file that is different. */
export function isAboutChange({ files, fresh }: Since): (finding: Finding) => boolean {
  const [changed, isNew] = [new Set(files), new Set(fresh)];
  return (finding) =>
    isNew.has(finding) ||
    changed.has(finding.location.file) ||
    finding.related.some(({ at }) => changed.has(at.file));
}

function countsOf(fingerprints: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of fingerprints) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
}

/** Takes one of them out; equal findings count as often as they occur. */
function take(counts: Map<string, number>, fingerprint: string): boolean {
  const count = counts.get(fingerprint) ?? 0;
  counts.set(fingerprint, count - 1);
  return count > 0;
}
