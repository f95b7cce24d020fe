import { groupBy } from "../../model/group-by.ts";
import type { Plan } from "../../model/plan.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { principlesOf, statementOf } from "../principles/principles-of.ts";
import { otherChoice, technologyReader, type Use, usesInText } from "../technology-choices.ts";
import { plansOf } from "./documents-of.ts";

/** Parts of a plan that are not about the service itself. */
const isElsewhere = /\b(?:front-?end|client|ui|mobile|tests?|testing|platform|alternatives?|ci)\b/i;

export const planContradictsConstitution: Check = {
  id: "plan-contradicts-constitution",
  area: "constitution",
  severity: "warning",
  title: "Every plan chooses what the constitution chose",
  why: "What the plan says is built, and then has to be run, patched and known by somebody on a platform that chose otherwise.",
  fix: "Plan with what the constitution names, or change the constitution first.",

  *run(workspace) {
    const choices = groupBy(principlesOf(workspace, "technology"), ({ topic }) => topic);
    if (choices.size === 0) return;
    const read = technologyReader();
    const usesIn = ({ entries }: Plan): Use[] =>
      entries
        .filter(({ key }) => !isElsewhere.test(key))
        .flatMap(({ key, value, at }) => usesInText(read(value), key, at));
    for (const plan of plansOf(workspace)) {
      const uses = usesIn(plan);
      let speaksAnother = false;
      for (const [topic, principles] of choices) {
        // A framework of another language is the other language's fault.
        const wrong =
          topic === "framework" && speaksAnother ? undefined : otherChoice(topic, principles, uses);
        if (!wrong) continue;
        speaksAnother ||= topic === "language";
        const allowed = listing([...new Set(principles.flatMap((principle) => principle.choices))]);
        yield {
          message: `The plan uses ${wrong.name} (${wrong.what}); as ${topic} the constitution names ${allowed}.`,
          at: wrong.at,
          related: principles.slice(0, 1).map(statementOf),
        };
      }
    }
  },
};
