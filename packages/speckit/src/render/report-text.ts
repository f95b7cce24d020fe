import type { Finding } from "../model/finding.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import { renderFinding } from "./finding-text.ts";
import { type CheckReport, countOf, countText } from "./report.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

const MOST = 20;
/** A missing implementation is said in one line of its own, as long as there are few. */
const MOST_UNIMPLEMENTED = 3;
const MOST_LISTED = 5;
export const UNIMPLEMENTED = "not-yet-implemented";

export interface ReportTextOptions extends TextStyle {
  /** Print every finding, however many there are. */
  readonly all: boolean;
}

/** What a person sees: what holds, what does not, grouped by service and worst first, and what to do next. */
export function renderReportText(report: CheckReport, options: ReportTextOptions): string {
  const colors = paint(options);
  const pending = report.findings.filter(
    ({ rule, severity }) => rule === UNIMPLEMENTED && severity === "info",
  );
  const others = report.findings.filter((finding) => !pending.includes(finding));
  const lines = [
    ...report.verified.filter(({ ok }) => ok).map(({ holds }) => marked("✅", holds, options)),
    ...unimplemented(pending).map((text) => marked("⚠️ ", text, options)),
    ...report.notes.map((note) => colors.dim(wrap(`ℹ️  ${note}`, 0, options))),
  ];
  const blocks = [lines.join("\n"), ...findingBlocks(others, options), ...closing(report, others, options)];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function unimplemented(findings: readonly Finding[]): string[] {
  const messages = new Map<string, string>();
  for (const { message } of findings) {
    const [name = ""] = message.split(" ");
    const known = messages.get(name);
    // That a service is not there says more than that others list it.
    if (known === undefined || message.length < known.length) messages.set(name, message);
  }
  const names = [...messages.keys()].sort(compareText);
  if (names.length <= MOST_UNIMPLEMENTED) return names.map((name) => messages.get(name) ?? name);
  const rest = names.length > MOST_LISTED ? ", …" : "";
  return [`${names.length} services not yet implemented: ${names.slice(0, MOST_LISTED).join(", ")}${rest}`];
}

/** Findings by service, the one with the worst findings first; within a service breaking changes lead. */
export function findingBlocks(findings: readonly Finding[], options: ReportTextOptions): string[] {
  const notes = options.all ? [] : findings.filter(({ severity }) => severity === "info");
  const shown = findings.filter((finding) => !notes.includes(finding));
  const groups = [...groupBy(shown, ({ service }) => service ?? "")].sort(
    ([a, left], [b, right]) => compareGroups(left, right) || compareText(a, b),
  );
  let left = options.all ? Number.POSITIVE_INFINITY : MOST;
  const blocks: string[] = [];
  for (const [service, group] of groups) {
    if (left <= 0) break;
    const part = [...group].sort(compareBySeverity).slice(0, left);
    left -= part.length;
    if (groups.length > 1 || service !== "") blocks.push(heading(service, group, options));
    blocks.push(...part.map((finding) => renderFinding(finding, options)));
  }
  const hidden = shown.length - Math.min(shown.length, options.all ? shown.length : MOST);
  if (hidden + notes.length > 0) blocks.push(remainder(hidden, notes.length));
  return blocks;
}

function heading(service: string, group: readonly Finding[], options: ReportTextOptions): string {
  const owner = group[0]?.owner;
  const name = service === "" ? "The fleet as a whole" : service;
  return paint(options).bold(`${name}${owner ? ` (${owner})` : ""}: ${countText(group)}`);
}

function remainder(hidden: number, notes: number): string {
  const parts = [
    ...(hidden > 0 ? [`${hidden} more`] : []),
    ...(notes > 0 ? [`${notes} note${notes === 1 ? "" : "s"}`] : []),
  ];
  return `and ${parts.join(", ")}: \`--all-findings\` or \`--json\``;
}

const rank = { error: 0, warning: 1, info: 2 } as const;

function compareBySeverity(a: Finding, b: Finding): number {
  return (
    rank[a.severity] - rank[b.severity] || Number(b.change !== undefined) - Number(a.change !== undefined)
  );
}

function compareGroups(a: readonly Finding[], b: readonly Finding[]): number {
  return countOf(b, "error") - countOf(a, "error") || countOf(b, "warning") - countOf(a, "warning");
}

function closing(
  { findings, suppressed, recommendation, next }: CheckReport,
  others: readonly Finding[],
  options: ReportTextOptions,
): string[] {
  const colors = paint(options);
  const isFailing = others.some(({ severity }) => severity !== "info");
  const counted = [countText(findings), ...(suppressed > 0 ? [`${suppressed} suppressed`] : [])]
    .filter(Boolean)
    .join(", ");
  return [
    isFailing || suppressed > 0 ? counted : "",
    recommendation === undefined ? "" : wrap(`Recommendation: ${recommendation}`, 0, options),
    `${colors.dim("Next:")} ${colors.cyan(next)}`,
  ];
}
