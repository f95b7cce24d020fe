import type { Level } from "../model/finding.ts";
import type { LocatedChange, LocatedDiff } from "./diff-json.ts";
import { type Paint, paint, type TextStyle, wrap } from "./text-style.ts";

const marks: Readonly<Record<Level, string>> = { breaking: "❌", risky: "⚠️ ", compatible: "ℹ️ " };
const MOST = 20;

/** What a person sees of `speckit diff`: worst first, at most 20 changes, a count at the end. */
export function renderDiffText({ level, changes }: LocatedDiff, style: TextStyle): string {
  if (level === "none") return `${paint(style).green("✅ No change that anybody could notice")}\n`;
  const blocks = changes.slice(0, MOST).map((change) => block(change, style));
  const rest =
    changes.length > MOST ? [`and ${changes.length - MOST} more: \`--json\` or \`--format markdown\``] : [];
  const count = (wanted: Level) => changes.filter(({ change }) => change.level === wanted).length;
  const total = `${count("breaking")} breaking, ${count("risky")} risky, ${count("compatible")} compatible`;
  const colors = paint(style);
  const worst = changes[0]?.change.kind;
  const next = `${colors.dim("Next:")} ${colors.cyan(`speckit explain ${worst}`)}`;
  return `${[...blocks, ...rest, total, next].join("\n\n")}\n`;
}

function block({ change, message, why, fix, revision }: LocatedChange, style: TextStyle): string {
  const colors = paint(style);
  const { level, operations, location } = change;
  const more = operations.length > 1 ? ` and ${operations.length - 1} more` : "";
  const advice = level === "compatible" ? [] : [wrap(why, 3, style), wrap(`→ ${fix}`, 3, style)];
  return [
    `${marks[level]} ${colorOf(level, colors)(`${operations[0]}${more}`)}`,
    wrap(isWhole(location) ? message : `${location}: ${message}`, 3, style),
    `   ${colors.dim(`${revision.file}:${revision.line}:${revision.column}`)}`,
    ...advice,
  ].join("\n");
}

/** Whether a change concerns the operation itself, not a part of it. */
export function isWhole(location: string): boolean {
  return location === "" || location === "operation";
}

function colorOf(level: Level, { red, yellow, dim }: Paint): (text: string) => string {
  return { breaking: red, risky: yellow, compatible: dim }[level];
}
