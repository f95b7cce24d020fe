import type { NamedPlace } from "../../model/code.ts";
import type { Scenario, Story } from "../../model/spec.ts";
import type { Check } from "../check.ts";
import { specsOf } from "../fleet/fleet-view.ts";
import { wordStems } from "../fleet/word-stems.ts";
import { shortened } from "../shortened.ts";

export const scenarioWithoutTest: Check = {
  id: "scenario-without-test",
  area: "traceability",
  severity: "info",
  title: "Every scenario has a test that names it",
  why: "Nobody notices when the service stops doing what the scenario says.",
  fix: "Write a test whose title says what the scenario says, or begins with the story's number.",

  *run({ services }) {
    for (const service of services) {
      const { tests } = service.code;
      if (tests.length === 0) continue;
      const titles = tests.map(({ name }: NamedPlace) => ({ name, stems: wordStems(name) }));
      for (const spec of specsOf(service)) {
        for (const story of spec.stories) {
          if (story.withdrawn) continue;
          for (const scenario of story.scenarios) {
            if (titles.some((title) => names(title, story, scenario))) continue;
            yield {
              message: `No test of ${service.name} names the scenario '${shortened(scenario.whole, 60)}'.`,
              at: scenario.at,
              service: service.name,
            };
          }
        }
      }
    }
  },
};

/** A title names a scenario by its words; by the story's number when the story has no other scenario. */
function names(
  { name, stems }: { readonly name: string; readonly stems: ReadonlySet<string> },
  { id, title, scenarios }: Story,
  { whole }: Scenario,
): boolean {
  if (scenarios.length === 1 && new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(name)) return true;
  const said = wordStems(`${title} ${whole}`);
  const common = [...stems].filter((stem) => said.has(stem)).length;
  return common >= 2 && common * 3 >= Math.min(stems.size, said.size) * 2;
}
