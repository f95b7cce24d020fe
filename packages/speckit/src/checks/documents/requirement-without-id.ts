import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { specsOf } from "./documents-of.ts";

export const requirementWithoutId: Check = {
  id: "requirement-without-id",
  area: "traceability",
  severity: "warning",
  title: "Every item of a list of requirements has an id",
  why: "Tasks and tests refer to requirements by id: nothing can refer to one that has none, so nobody notices when it is not built.",
  fix: "Give it the next free id, or indent it below the requirement that it explains.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { unnumbered } of specsOf(workspace)) {
      for (const { text, at } of unnumbered) {
        yield { message: `A requirement has no id: '${shortened(text, 60)}'`, at };
      }
    }
  },
};
