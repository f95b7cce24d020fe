import type { Finding } from "../model/finding.ts";
import { groupBy } from "../model/group-by.ts";
import { type CheckReport, countText } from "./report.ts";

/** Findings for a comment on a pull request, or for a report. */
export function renderReportMarkdown({
  command,
  ok,
  findings,
  verified,
  suppressed,
  recommendation,
}: CheckReport): string {
  const holds = verified.filter((entry) => entry.ok).map((entry) => `- ✅ ${entry.holds}`);
  const groups = [...groupBy(findings, ({ service }) => service ?? "The fleet as a whole")].map(
    ([service, group]) =>
      `### ${service}\n\n| | Where | What | What to do |\n|---|---|---|---|\n${group.map(row).join("\n")}`,
  );
  const counted = [countText(findings), suppressed > 0 ? `${suppressed} suppressed` : ""]
    .filter(Boolean)
    .join(", ");
  const parts = [
    `## ${ok ? "✅" : "❌"} speckit ${command}`,
    holds.join("\n"),
    counted,
    ...groups,
    recommendation === undefined ? "" : `**Recommendation:** ${recommendation}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const marks = { error: "❌", warning: "⚠️", info: "ℹ️" } as const;

function row({ severity, location, message, fix, rule, consumers = [] }: Finding): string {
  const affected = consumers.length > 0 ? ` Affects ${consumers.join(", ")}.` : "";
  return `| ${marks[severity]} | \`${cell(`${location.file}:${location.line}`)}\` | ${cell(message)}${cell(affected)} (\`${rule}\`) | ${cell(fix)} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
