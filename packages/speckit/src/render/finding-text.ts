import type { Finding, Severity } from "../model/finding.ts";
import { marked, paint, placeLine, type TextStyle, wrap } from "./text-style.ts";

const marks: Readonly<Record<Severity, string>> = { error: "❌", warning: "⚠️ ", info: "ℹ️ " };

/** One finding: where, what, why and what to do; a breaking change in a block of its own form. */
export function renderFinding(finding: Finding, style: TextStyle): string {
  return finding.change && finding.change.level !== "compatible"
    ? renderChange(finding, style)
    : renderPlain(finding, style);
}

function renderPlain(
  { severity, rule, message, location, why, fix, related }: Finding,
  style: TextStyle,
): string {
  const colors = paint(style);
  const color = severity === "error" ? colors.red : severity === "warning" ? colors.yellow : colors.dim;
  const [first, ...rest] = wrap(message, 3, style).split("\n");
  return [
    `${marks[severity]} ${color((first ?? "").trimStart())}`,
    ...rest.map(color),
    placeLine(location, rule, 3, style),
    wrap(`${why}`, 3, style),
    marked("→", fix, style, 3),
    ...related.slice(0, 3).map(({ message: text, at }) => placeLine(at, text, 3, style)),
  ].join("\n");
}

function renderChange(
  { severity, rule, message, location, why, fix, change, consumers = [], related }: Finding,
  style: TextStyle,
): string {
  const colors = paint(style);
  const level = change?.level === "breaking" ? "Breaking" : "Risky";
  const color = severity === "error" ? colors.red : colors.yellow;
  const operations = change?.operations ?? [];
  const more = operations.length > 1 ? ` and ${operations.length - 1} more` : "";
  const [kind, name] = labelOf(operations[0] ?? "");
  return [
    `⚠️  ${color(`${level} change detected:`)}`,
    `    ${kind}: ${name}${more}`,
    wrap(`Change: ${message}`, 4, style),
    wrap(`Consumers affected: ${consumers.length > 0 ? consumers.join(", ") : "none known"}`, 4, style),
    "",
    wrap(`Recommendation: ${seedsWords(fix)}`, 4, style),
    "",
    placeLine(location, rule, 4, style),
    wrap(colors.dim(why), 4, style),
    ...related.slice(0, 3).map(({ message: text, at }) => placeLine(at, text, 4, style)),
  ].join("\n");
}

/** People read of endpoints and events where the JSON has operations. */
function labelOf(operation: string): [kind: string, name: string] {
  return operation.startsWith("event ")
    ? ["Event", operation.slice("event ".length)]
    : ["Endpoint", operation];
}

/** Advice in headline style: "Make the field optional" → "Make field optional". */
function seedsWords(fix: string): string {
  return fix.replace(/^Make the (field|parameter) /, "Make $1 ");
}
