import { groupBy } from "../../model/group-by.ts";
import type { Check } from "../check.ts";
import { documentsOf } from "./documents-of.ts";

export const templateResidue: Check = {
  id: "template-residue",
  area: "placeholders",
  severity: "warning",
  title: "Nothing is left of the template",
  why: "Text that a template left behind reads like a statement about this service and is none.",
  fix: "Replace it by what holds here, or delete it.",
  measured: { hits: 3, sampled: 3, right: 3 },

  *run(workspace) {
    for (const { residue } of documentsOf(workspace)) {
      for (const markers of groupBy(residue, ({ at }) => at.line).values()) {
        const [first] = markers;
        if (!first) continue;
        yield {
          message: `Left from the template: ${[...new Set(markers.map(({ text }) => `'${text}'`))].join(", ")}`,
          at: first.at,
        };
      }
    }
  },
};
