import type { Check } from "../check.ts";
import { documentsOf } from "./documents-of.ts";

export const clarificationOpen: Check = {
  id: "clarification-open",
  area: "placeholders",
  severity: "warning",
  title: "No open clarifications",
  why: "Whoever implements this has to guess the answer, and two services may guess differently.",
  fix: "Answer the question in the text, or run `speckit clarify`.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { clarifications } of documentsOf(workspace)) {
      for (const { text, at } of clarifications) {
        yield { message: text === "" ? "A clarification is open." : `Open clarification: '${text}'`, at };
      }
    }
  },
};
