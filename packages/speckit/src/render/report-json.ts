import type { Finding } from "../model/finding.ts";
import { type CheckReport, countOf, type Since } from "./report.ts";

/** The JSON of every command that checks; its shape is a promise (schemaVersion changes with it). */
export function renderReportJson({
  command,
  ok,
  findings,
  suppressed,
  files,
  services,
  documents,
  operations,
  since,
}: CheckReport): string {
  const document = {
    schemaVersion: 1,
    command,
    ok,
    summary: {
      errors: countOf(findings, "error"),
      warnings: countOf(findings, "warning"),
      infos: countOf(findings, "info"),
      services: services.length,
      files,
      suppressed,
    },
    findings: findings.map(flatten),
    services: services.map(({ name, dir, implemented }) => ({ name, dir, implemented })),
    documents,
    operations,
    since: since && sinceJson(since),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function sinceJson({ than, files, fresh, fixed }: Since) {
  return {
    than,
    files,
    new: fresh?.map(({ rule, location: { file, line } }) => ({ rule, file, line })) ?? null,
    fixed,
  };
}

/** A finding as users get it: one level, what does not apply is absent. */
export function flatten({
  rule,
  severity,
  message,
  service,
  owner,
  location,
  why,
  fix,
  change,
  consumers,
  related,
}: Finding) {
  const { file, line, column } = location;
  return {
    rule,
    severity,
    message,
    service,
    owner,
    file,
    line,
    column,
    why,
    fix,
    change,
    consumers,
    related:
      related.length === 0
        ? undefined
        : related.map(({ message: text, at }) => ({ file: at.file, line: at.line, message: text })),
  };
}
