import { type Finding, fingerprintOf, type Severity } from "../model/finding.ts";

const severities: Readonly<Record<Severity, string>> = { error: "critical", warning: "minor", info: "info" };

/**
 * Findings as a Code Quality report, which GitLab shows in merge requests. A fingerprint survives moved lines; equal findings are numbered, since
 * GitLab shows each fingerprint once. `hash` makes fingerprints short.
 * Source: https://docs.gitlab.com/ci/testing/code_quality/
 */
export function renderGitlab(findings: readonly Finding[], hash: (text: string) => string): string {
  const seen = new Map<string, number>();
  const issues = findings.map((finding) => {
    const { rule, severity, message, fix, location } = finding;
    const print = fingerprintOf(finding);
    const count = (seen.get(print) ?? 0) + 1;
    seen.set(print, count);
    return {
      description: `${message} ${fix}`,
      check_name: rule,
      fingerprint: hash(`${print}${count}`),
      severity: severities[severity],
      location: { path: location.file, lines: { begin: location.line } },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
