import type { Check } from "../check.ts";
import { problemsOf } from "./problems-of.ts";

export const duplicateKey: Check = {
  id: "duplicate-key",
  area: "contract-reading",
  severity: "error",
  title: "No key stands twice in a mapping",
  why: "Readers disagree on which of the two counts, so what one tool documents another does not see.",
  fix: "Remove or rename one of the two.",

  run(workspace) {
    return problemsOf("duplicate-key", workspace);
  },
};
