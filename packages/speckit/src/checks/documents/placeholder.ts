import type { Check } from "../check.ts";
import { documentsOf } from "./documents-of.ts";

export const placeholder: Check = {
  id: "placeholder",
  area: "placeholders",
  severity: "warning",
  title: "No TODO/TBD placeholders found",
  why: "The document says itself that something is missing here; agents fill such gaps with inventions.",
  fix: "Write what is meant, or mark it [NEEDS CLARIFICATION: the question] if nobody knows yet.",
  measured: { hits: 5, sampled: 5, right: 5 },

  *run(workspace) {
    for (const { placeholders } of documentsOf(workspace)) {
      for (const { text, at } of placeholders) yield { message: `The placeholder '${text}' is left.`, at };
    }
  },
};
