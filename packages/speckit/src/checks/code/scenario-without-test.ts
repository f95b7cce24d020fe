import { namesScenario } from "../../model/scenario-tests.ts";
import type { Check } from "../check.ts";
import { specsOf } from "../fleet/fleet-view.ts";
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
      for (const spec of specsOf(service)) {
        for (const story of spec.stories) {
          if (story.withdrawn) continue;
          for (const scenario of story.scenarios) {
            if (tests.some(({ name }) => namesScenario(name, story, scenario))) continue;
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
