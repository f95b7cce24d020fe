import { groupBy } from "../../model/group-by.ts";
import type { Requirement, Spec } from "../../model/spec.ts";
import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { specsOf } from "./documents-of.ts";

export const requirementIdDuplicate: Check = {
  id: "requirement-id-duplicate",
  area: "traceability",
  severity: "error",
  title: "Every requirement has an id of its own",
  why: "Tasks and tests refer to requirements by id: with two of the same id one of them is never built.",
  fix: "Give the later one the next free number.",
  measured: { hits: 2, sampled: 2, right: 2 },

  *run(workspace) {
    for (const spec of specsOf(workspace)) {
      for (const [id, all] of groupBy([...spec.requirements, ...spec.successCriteria], (one) => one.id)) {
        const [first, ...others] = all;
        for (const other of others) {
          if (!first || restates(first, other) || sectionOf(spec, first) !== sectionOf(spec, other)) continue;
          yield {
            message: `${id} is given twice: '${shortened(first.text, 50)}' and '${shortened(other.text, 50)}'`,
            at: other.at,
            related: [{ message: "the first one", at: first.at }],
          };
        }
      }
    }
  },
};

/** The same words again, as a summary or a closer look has them, are not another requirement. */
function restates(first: Requirement, other: Requirement): boolean {
  return other.text === "" || first.text.startsWith(other.text.slice(0, 40));
}

/** Another section of the same level lists ids again to say something about them, such as which test covers each. */
function sectionOf({ sections }: Spec, { at }: Requirement): number | undefined {
  return sections.findLast(
    (section) => section.level <= 2 && section.at.line <= at.line && at.line <= section.endLine,
  )?.at.line;
}
