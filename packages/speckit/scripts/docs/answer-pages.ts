import { fileURLToPath } from "node:url";
import type { Severity } from "../../src/model/finding.ts";
import { eventRules } from "../../src/verify/event-rules/index.ts";
import { answerRules } from "../../src/verify/rules/index.ts";
import { examplesOf } from "../rule-examples.ts";
import { rulePage } from "./rule-page.ts";

interface Group {
  readonly folder: string;
  readonly rules: readonly {
    readonly id: string;
    readonly severity: Severity;
    readonly title: string;
    readonly why: string;
    readonly fix: string;
  }[];
  readonly command: string;
}

const groups: readonly Group[] = [
  { folder: "rules", rules: answerRules, command: "speckit verify --url URL" },
  { folder: "event-rules", rules: eventRules, command: "speckit verify --events FILE" },
];

const weights: Readonly<Record<Severity, string>> = {
  error: "An error",
  warning: "A warning",
  info: "A remark",
};

/** The page of each rule about running services, by file name, and the overview. */
export function answerPages(): Map<string, string> {
  const pages = groups.flatMap(({ folder, rules, command }) =>
    rules.map((rule): [string, string] => [
      `${rule.id}.md`,
      rulePage({
        ...rule,
        weight: `${weights[rule.severity]} of \`${command}\`.`,
        source: `packages/speckit/src/verify/${folder}/${rule.id}.ts`,
        examples: examplesOf(fileURLToPath(new URL(`../../src/verify/${folder}/`, import.meta.url)), rule.id),
      }),
    ]),
  );
  return new Map([...pages, ["README.md", overview()]]);
}

function overview(): string {
  return `${[
    "<!-- Written by `npm run docs` from packages/speckit/src/verify/. -->",
    "# Answers",
    "What a running service, or an event that it sent, can do against its contract. [Verify a running service](../../how-to/verify-a-running-service.md) says how to look. In a terminal: `speckit explain <rule>`.",
    ...groups.flatMap(({ rules, command }) => [`## \`${command}\``, table(rules)]),
  ].join("\n\n")}\n`;
}

function table(rules: Group["rules"]): string {
  return [
    "| rule | severity | what holds when it finds nothing |",
    "| --- | --- | --- |",
    ...rules.map(({ id, severity, title }) => `| [${id}](${id}.md) | ${severity} | ${title} |`),
  ].join("\n");
}
