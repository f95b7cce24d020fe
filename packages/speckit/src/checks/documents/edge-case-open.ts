import type { Check } from "../check.ts";
import { shortened } from "../shortened.ts";
import { specsOf } from "./documents-of.ts";

export const edgeCaseOpen: Check = {
  id: "edge-case-open",
  area: "content",
  severity: "warning",
  title: "Edge cases are answered, not only asked",
  why: "A question among the edge cases is a decision that nobody took.",
  fix: "Answer it in the same bullet, or write a scenario for it.",
  measured: { hits: 50, sampled: 20, right: 20 },

  *run(workspace) {
    for (const { openEdgeCases } of specsOf(workspace)) {
      for (const { text, at } of openEdgeCases)
        yield { message: `Left as a question: '${shortened(text, 100)}'`, at };
    }
  },
};
