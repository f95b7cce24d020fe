import { groupBy } from "../../model/group-by.ts";
import type { Spec } from "../../model/spec.ts";
import type { Check } from "../check.ts";
import { suggester } from "../nearest.ts";
import { specsOf } from "./documents-of.ts";

export const requirementUnknown: Check = {
  id: "requirement-unknown",
  area: "traceability",
  severity: "warning",
  title: "Every requirement and criterion that is named exists",
  why: "The text leans on a statement that is not there: it was renumbered, removed or never written.",
  fix: "Correct the id, or write the requirement.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const spec of specsOf(workspace)) {
      const known = new Set([...spec.requirements, ...spec.successCriteria].map(({ id }) => id));
      const suggest = suggester([...known]);
      const unknown = spec.mentions.filter(({ text }) => isGivenHere(spec, text) && !known.has(text));
      for (const [id, mentions] of groupBy(unknown, ({ text }) => text)) {
        const [first] = mentions;
        if (!first) continue;
        const closest = suggest(id);
        yield {
          message: `${id} is named, but the specification has no such statement.`,
          at: first.at,
          fix:
            closest === undefined
              ? undefined
              : `Correct the id (did you mean ${closest}?), or write the requirement.`,
        };
      }
    }
  },
};

/** Ids of a kind that the document does not number belong to another document. */
function isGivenHere({ requirements, successCriteria }: Spec, id: string): boolean {
  const prefix = /^[A-Z]+-/.exec(id)?.[0];
  return (
    prefix !== undefined && [...requirements, ...successCriteria].some((one) => one.id.startsWith(prefix))
  );
}
