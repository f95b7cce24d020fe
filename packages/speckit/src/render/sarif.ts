import { type Finding, fingerprintOf, type Severity } from "../model/finding.ts";

const levels: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

/** Findings as SARIF 2.1.0. Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function renderSarif(findings: readonly Finding[], version: string): string {
  const rules = [...new Map(findings.map((finding) => [finding.rule, finding])).values()];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "speckit",
            version,
            rules: rules.map(({ rule, why, fix }) => ({
              id: rule,
              shortDescription: { text: why },
              help: { text: fix },
            })),
          },
        },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          level: levels[finding.severity],
          message: { text: `${finding.message} ${finding.fix}` },
          locations: [physical(finding.location)],
          relatedLocations:
            finding.related.length === 0
              ? undefined
              : finding.related.map(({ message, at }, id) => ({
                  id,
                  message: { text: message },
                  ...physical(at),
                })),
          partialFingerprints: { "speckit/v1": fingerprintOf(finding) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function physical({ file, line, column }: Finding["location"]) {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
      region: { startLine: line, startColumn: column },
    },
  };
}
