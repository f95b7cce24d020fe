import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Area, Check } from "../../src/checks/check.ts";
import { checks } from "../../src/checks/index.ts";
import { examplesOf } from "../rule-examples.ts";
import { rulePage } from "./rule-page.ts";

const home = fileURLToPath(new URL("../../src/checks/", import.meta.url));

/** What a reader calls an area, and the command that reports it; in the order of the overview. */
const areas: Readonly<Record<Area, readonly [title: string, command: "validate" | "validate-contracts"]>> = {
  reading: ["Reading documents", "validate"],
  sections: ["Sections", "validate"],
  placeholders: ["Placeholders and open questions", "validate"],
  content: ["Content", "validate"],
  scenarios: ["Scenarios", "validate"],
  traceability: ["Traceability", "validate"],
  tasks: ["Tasks", "validate"],
  constitution: ["Plan and constitution", "validate"],
  "contract-reading": ["Reading contracts", "validate-contracts"],
  api: ["APIs", "validate-contracts"],
  events: ["Events", "validate-contracts"],
  cycles: ["Circular dependencies", "validate-contracts"],
  dependencies: ["Dependencies", "validate-contracts"],
  consumers: ["Consumers", "validate-contracts"],
  ownership: ["Ownership", "validate-contracts"],
  principles: ["The constitution's principles", "validate-contracts"],
};

/** The page of each check, by file name, and the overview. */
export function checkPages(): Map<string, string> {
  const pages = new Map(checks.map((check) => [`${check.id}.md`, checkPage(check)]));
  return pages.set("README.md", overview());
}

function checkPage(check: Check): string {
  const group = groupOf(check.id);
  const [area, command] = areas[check.area];
  return rulePage({
    ...check,
    weight: `${weightOf(check)} of \`speckit ${command}\`; area: ${area}.`,
    source: `packages/speckit/src/checks/${group}/${check.id}.ts`,
    examples: examplesOf(join(home, group), check.id),
  });
}

function weightOf({ severity }: Check): string {
  return { error: "An error", warning: "A warning", info: "A remark" }[severity];
}

/** The folder that a check stands in. */
function groupOf(id: string): string {
  const group = readdirSync(home).find(
    (name) => !name.includes(".") && readdirSync(join(home, name)).includes(`${id}.ts`),
  );
  if (group === undefined) throw new Error(`The check ${id} has no file of its name below ${home}.`);
  return group;
}

function overview(): string {
  const sections = Object.entries(areas).flatMap(([area, [title, command]]) => {
    const own = checks.filter((check) => check.area === area);
    return own.length === 0 ? [] : [`## ${title} (\`${command}\`)`, table(own)];
  });
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/src/checks/. -->",
    "# Checks",
    `All ${checks.length} checks, each with what it finds, why that matters, how to fix it, and examples. In a terminal: \`speckit explain <check>\`.`,
    ...sections,
  ].join("\n\n")}\n`;
}

function table(own: readonly Check[]): string {
  return [
    "| check | severity | what holds when it finds nothing |",
    "| --- | --- | --- |",
    ...[...own]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, severity, title }) => `| [${id}](${id}.md) | ${severity} | ${title} |`),
  ].join("\n");
}
