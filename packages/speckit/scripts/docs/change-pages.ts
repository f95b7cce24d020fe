import { fileURLToPath } from "node:url";
import { changeRules } from "../../src/changes/rules/index.ts";
import { examplesOf } from "../rule-examples.ts";
import { rulePage } from "./rule-page.ts";

const home = fileURLToPath(new URL("../../src/changes/rules/", import.meta.url));

/** The page of each rule about changes, by file name, and the overview. */
export function changePages(): Map<string, string> {
  const pages = new Map(
    changeRules.map((rule) => [
      `${rule.id}.md`,
      rulePage({
        ...rule,
        fix: `${rule.fix.replaceAll("{next version}", "the next version")}.`.replace(/\.\.$/, "."),
        weight: "A change that `speckit diff` and `speckit validate-contracts` report.",
        source: `packages/speckit/src/changes/rules/${rule.id}.ts`,
        examples: examplesOf(home, rule.id),
      }),
    ]),
  );
  return pages.set("README.md", overview());
}

function overview(): string {
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/src/changes/rules/. -->",
    "# Changes",
    `What two versions of a contract can differ in, ${changeRules.length} kinds. Whether a change breaks somebody depends on who writes and who reads: consumers write requests, services write responses, producers write events. **Breaking**: the other side stops working. **Risky**: it may stop working. **Compatible**: it never notices. In a terminal: \`speckit explain <change>\`.`,
    [
      "| change | what holds when it is not reported |",
      "| --- | --- |",
      ...changeRules.map(({ id, title }) => `| [${id}](${id}.md) | ${title} |`),
    ].join("\n"),
  ].join("\n\n")}\n`;
}
