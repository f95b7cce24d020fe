import type { Level } from "../model/finding.ts";
import type { LocatedDiff } from "./diff-json.ts";
import { isWhole } from "./diff-text.ts";

const headings: Readonly<Record<Level, string>> = {
  breaking: "Breaking",
  risky: "Risky",
  compatible: "Compatible",
};

/** Of the operations that one change concerns; the JSON has all. */
const MOST_NAMED = 5;

/** A changelog of two versions of a contract, by level and operation. */
export function renderDiffMarkdown({ level, changes }: LocatedDiff): string {
  if (level === "none") return "# API changelog\n\nNo change that anybody could notice.\n";
  const sections = (["breaking", "risky", "compatible"] as const).flatMap((wanted) => {
    const own = changes.filter(({ change }) => change.level === wanted);
    if (own.length === 0) return [];
    const rows = own.map(({ change: { operations, location }, message, fix }) => {
      const names = operations.slice(0, MOST_NAMED).map((operation) => `\`${operation}\``);
      const others = operations.length - names.length;
      const whose = names.join(", ") + (others > 0 ? ` and ${others} more` : "");
      const at = isWhole(location) ? "" : `, at \`${location}\``;
      return `- ${whose}${at}: ${message}.${wanted === "compatible" ? "" : ` ${fix}.`}`;
    });
    return [`## ${headings[wanted]} (${own.length})`, rows.join("\n")];
  });
  return `${["# API changelog", ...sections].join("\n\n")}\n`;
}
