import { listing } from "../checks/listing.ts";
import type { Finding } from "../model/finding.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import { type CheckReport, countOf, countText, type GoneFinding, type Since } from "./report.ts";
import { findingBlocks, type ReportTextOptions } from "./report-text.ts";
import { marked, paint, type TextStyle, wrap } from "./text-style.ts";

const MOST_FIXED = 5;
const MOST_SERVICES = 12;

export interface AnalysisTextOptions extends ReportTextOptions {
  /** What was read, in words: "5 services, 16 documents". */
  readonly read: string;
  /** Findings that are shown one by one. */
  readonly detailed: readonly Finding[];
  /** What is said when there is no finding. */
  readonly nothing: string;
  /** Shows all that is counted. */
  readonly more: string;
}

/** What a person sees of `analyze`: what was read, what changed, what holds, where the findings are, and those that matter now. */
export function renderAnalysisText(report: CheckReport, options: AnalysisTextOptions): string {
  const colors = paint(options);
  const { since, findings, suppressed, verified, notes, next } = report;
  const head = [
    colors.bold(options.read),
    ...(since ? [wrap(sinceText(since), 0, options)] : []),
    ...fixedLines(since?.fixed ?? [], options),
  ];
  const lines = [
    ...verified.filter(({ ok }) => ok).map(({ holds }) => marked("✅", holds, options)),
    ...notes.map((note) => colors.dim(wrap(`ℹ️  ${note}`, 0, options))),
  ];
  const left = findings.length - options.detailed.length;
  const blocks = [
    head.join("\n"),
    lines.join("\n"),
    ...findingBlocks(options.detailed, options),
    table(findings, options),
    [countText(findings) || options.nothing, ...(suppressed > 0 ? [`${suppressed} suppressed`] : [])].join(
      ", ",
    ) + (left > 0 ? `; ${left} not shown: \`${options.more}\`` : ""),
    `${colors.dim("Next:")} ${colors.cyan(next)}`,
  ];
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

function sinceText({ than, files, fresh, fixed }: Since): string {
  if (files.length === 0 && (fresh ?? []).length === 0 && fixed.length === 0)
    return `Nothing changed since ${than}.`;
  const changed =
    files.length === 0
      ? "no file changed"
      : `${files.length} file${files.length === 1 ? "" : "s"} changed (${listing(files)})`;
  const parts = [changed, ...(fresh ? [`${fresh.length} new, ${fixed.length} fixed`] : [])];
  return `Since ${than}: ${parts.join("; ")}.`;
}

function fixedLines(fixed: readonly GoneFinding[], options: TextStyle): string[] {
  const rest = fixed.length - MOST_FIXED;
  return [
    ...fixed.slice(0, MOST_FIXED).map(({ message }) => marked("✅", `Fixed: ${message}`, options)),
    ...(rest > 0 ? [`   and ${rest} more fixed`] : []),
  ];
}

/** Errors, warnings and notes by service, the worst first. */
function table(findings: readonly Finding[], options: TextStyle): string {
  const groups = [...groupBy(findings, ({ service }) => service ?? "(none)")].sort(
    ([a, left], [b, right]) =>
      countOf(right, "error") - countOf(left, "error") ||
      countOf(right, "warning") - countOf(left, "warning") ||
      compareText(a, b),
  );
  if (groups.length < 2) return "";
  const shown = groups.slice(0, MOST_SERVICES);
  const width = Math.min(
    options.columns - 30,
    Math.max("service".length, ...shown.map(([name]) => name.length)),
  );
  const row = (name: string, ...cells: (string | number)[]) =>
    `${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
  const rest = groups.length - shown.length;
  return [
    paint(options).dim(row("service", "errors", "warnings", "notes")),
    ...shown.map(([name, group]) =>
      row(name, ...(["error", "warning", "info"] as const).map((severity) => countOf(group, severity))),
    ),
    ...(rest > 0 ? [`and ${rest} more services`] : []),
  ].join("\n");
}
