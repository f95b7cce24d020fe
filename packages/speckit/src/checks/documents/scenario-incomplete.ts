import type { Scenario, StepKind } from "../../model/spec.ts";
import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { specsOf } from "./documents-of.ts";

export const scenarioIncomplete: Check = {
  id: "scenario-incomplete",
  area: "scenarios",
  severity: "warning",
  title: "Every scenario says when something happens and what then follows",
  why: "Without its trigger or its outcome a scenario cannot be tested.",
  fix: "Add the step that is missing.",
  measured: { hits: 1, sampled: 1, right: 1 },

  *run(workspace) {
    for (const { scenarios } of specsOf(workspace)) {
      for (const scenario of scenarios) {
        const missing = missingSteps(scenario);
        if (missing.length === 0) continue;
        yield {
          message: `The scenario '${shortened(scenario.text, 60)}' has no ${missing.join(" and no ")}.`,
          at: scenario.at,
        };
      }
    }
  },
};

/** A Given may be left out where nothing needs to be prepared. */
function missingSteps({ steps }: Scenario): string[] {
  const names: readonly (readonly [StepKind, string])[] = [
    ["when", "When"],
    ["then", "Then"],
  ];
  return names.flatMap(([kind, name]) => (steps.includes(kind) ? [] : [name]));
}
