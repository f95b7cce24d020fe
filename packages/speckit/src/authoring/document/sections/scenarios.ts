import type { NamedPlace } from "../../../model/code.ts";
import { namesScenario } from "../../../model/scenario-tests.ts";
import type { Scenario, Story } from "../../../model/spec.ts";
import type { Facts } from "../facts.ts";
import { namedAt } from "../handlers.ts";
import { linesOf, type Reference } from "../subject.ts";

import { refText, type Section } from "./section.ts";

const MOST_TESTS = 3;

/** What was promised, and the tests that say so. */
export function scenarioSection(facts: Facts): Section | undefined {
  const spec = facts.feature?.spec;
  const stories = (spec?.stories ?? []).filter(
    ({ withdrawn, scenarios }) => !withdrawn && scenarios.length > 0,
  );
  if (!spec || stories.length === 0) return undefined;
  const lines = stories.flatMap((story, index) => [
    ...(index === 0 ? [] : [""]),
    `**${story.id}: ${story.title}**`,
    "",
    ...story.scenarios.flatMap((scenario) => scenarioLines(facts, story, scenario)),
  ]);
  return { title: "Scenarios and tests", lines };
}

function scenarioLines(facts: Facts, story: Story, scenario: Scenario): string[] {
  const { tests } = facts.service.code;
  const named = tests
    .filter(({ name }) => namesScenario(name, story, scenario))
    .sort((a, b) => closeness(b.name, story) - closeness(a.name, story));
  const place = refText(facts, { file: scenario.at.file, line: scenario.at.line, name: undefined });
  const shown = named.slice(0, MOST_TESTS).map((test) => `  - ${refText(facts, testReference(facts, test))}`);
  const more = named.length - shown.length;
  return [
    `- ${shortened(scenario.whole)} (${place})`,
    ...shown,
    ...(more > 0 ? [`  - and ${more} more`] : []),
    ...(named.length === 0 ? [tests.length === 0 ? "  - no test yet" : "  - no test names it"] : []),
  ];
}

/** A test that begins with the story's number is meant for it; one that begins with another's is not, whatever its words. */
function closeness(name: string, { id, title }: Story): number {
  const number = /^(?:.* › )?(P\d+|US\d+)\b/.exec(name)?.[1];
  if (number !== undefined) return number === id ? 2 : -1;
  return name.toLowerCase().includes(title.toLowerCase()) ? 1 : 0;
}

/** A table of cases stands between the word `test` and the title. */
const TABLE = 80;

/** A test by its title where that is written out, else by its function. */
function testReference(facts: Facts, { name, at }: NamedPlace): Reference {
  const lines = linesOf(facts, at.file);
  const title = name.split(" › ").at(-1) ?? name;
  const found = lines.slice(at.line - 1, at.line - 1 + TABLE).findIndex((line) => line.includes(title));
  if (found !== -1) return { file: at.file, line: at.line + found, name: title };
  const own = namedAt(lines, at.line);
  return { file: at.file, line: own.name === undefined ? at.line : own.line, name: own.name };
}

function shortened(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length <= 160 ? plain : `${plain.slice(0, 157).replace(/\s+\S*$/, "")}…`;
}
