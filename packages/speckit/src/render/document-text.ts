import { type CheckReport, countText } from "./report.ts";
import { findingBlocks, type ReportTextOptions } from "./report-text.ts";
import { marked, paint } from "./text-style.ts";

export interface DocumentText {
  /** A line a class of checks. */
  readonly lines: readonly { readonly text: string; readonly worst: "error" | "warning" | undefined }[];
  /** What may begin now; said when nothing fails; undefined when nothing was read. */
  readonly ready: string | undefined;
}

/** What a person sees of one document: a line a class of checks, what was found, what to do next. */
export function renderDocumentText(
  { ok, findings, suppressed, next }: CheckReport,
  { lines, ready }: DocumentText,
  options: ReportTextOptions,
): string {
  const colors = paint(options);
  // One document is of one service: a heading with its name would say nothing.
  const found = findingBlocks(
    findings.map((finding) => ({ ...finding, service: undefined })),
    options,
  );
  const counted = [countText(findings), suppressed > 0 ? `${suppressed} suppressed` : ""].filter(Boolean);
  const isFailing = findings.some(({ severity }) => severity !== "info");
  const end = [
    ...(isFailing || suppressed > 0 ? [counted.join(", ")] : []),
    ...(ok && ready !== undefined ? [ready] : []),
  ];
  const head = lines.map(({ text, worst }) => marked(marks[worst ?? "none"], text, options));
  const blocks =
    found.length === 0 ? [[...head, ...end].join("\n")] : [head.join("\n"), ...found, end.join("\n")];
  return `${[...blocks, `${colors.dim("Next:")} ${colors.cyan(next)}`].filter((block) => block !== "").join("\n\n")}\n`;
}

const marks = { error: "❌", warning: "⚠️ ", none: "✅" } as const;
