import { extname } from "node:path";
import type { Measurement } from "../../src/checks/check.ts";
import { NO_FINDINGS, type RuleExample } from "../rule-examples.ts";

/** What a page says of a rule; checks and change rules both have it. */
export interface RulePage {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** One line: how severe, and which command says it. */
  readonly weight: string;
  readonly measured?: Measurement | undefined;
  /** Where the rule is written, from the root of the repository. */
  readonly source: string;
  readonly examples: readonly RuleExample[];
}

/** The page of one rule, made only of its metadata and its examples. */
export function rulePage({ id, title, why, fix, weight, measured, source, examples }: RulePage): string {
  return `${[
    `<!-- Written by \`npm run docs\` from ${source} and the examples beside it. -->`,
    `# ${id}`,
    `**${title}.** ${weight}`,
    `**Why.** ${why}`,
    `**How to fix.** ${fix}`,
    ...(measured ? [measuredSentence(measured)] : []),
    ...[...examples].sort(firingFirst).map(exampleSection),
    suppression(id),
  ].join("\n\n")}\n`;
}

const documents = "[120 documents of public repositories](../../explanation/measured-checks.md)";

function measuredSentence({ hits, sampled, right }: Measurement): string {
  if (hits === 0) return `**Measured.** On ${documents} it had nothing to say.`;
  const looked =
    sampled === hits
      ? hits === 1
        ? "It was looked at"
        : "All were looked at"
      : `${sampled} of them were looked at`;
  return `**Measured.** On ${documents} it spoke ${times(hits)}. ${looked}: ${right} of ${sampled} ${right === 1 ? "was" : "were"} right.`;
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

function firingFirst(a: RuleExample, b: RuleExample): number {
  return Number(isSilent(a)) - Number(isSilent(b)) || (a.name < b.name ? -1 : 1);
}

function isSilent({ findings }: RuleExample): boolean {
  return findings === NO_FINDINGS;
}

function exampleSection(example: RuleExample): string {
  const { name, files, findings } = example;
  return [
    `## ${isSilent(example) ? "Fine" : "Found"}: ${name.replaceAll("-", " ")}`,
    ...files.map(({ path, text }) =>
      text === "" ? `\`${path}\` (an empty file)` : `\`${path}\`\n\n${fenced(languageOf(path), text)}`,
    ),
    isSilent(example)
      ? "Nothing is said about this."
      : `What is said about it:\n\n${fenced("text", findings)}`,
  ].join("\n\n");
}

/** A code block whose fence is longer than any in the text. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.endsWith("\n") ? text : `${text}\n`}${fence}`;
}

function languageOf(path: string): string {
  return { ".md": "markdown", ".yml": "yaml" }[extname(path)] ?? (extname(path).slice(1) || "text");
}

function suppression(id: string): string {
  return [
    "## Living with it",
    `Where it is meant to be so, say why beside the place, in Markdown or in YAML:`,
    fenced("text", `<!-- speckit-ignore ${id}: the reason -->\n# speckit-ignore ${id}: the reason\n`),
    `For the whole repository, in \`.speckit.config.json\`:`,
    fenced("json", `{ "rules": { "${id}": "off" } }\n`),
  ].join("\n\n");
}
