import type { Check } from "../check.ts";
import { problemsOf } from "./problems-of.ts";

export const unresolvedReference: Check = {
  id: "unresolved-reference",
  area: "api",
  severity: "error",
  title: "Every $ref leads somewhere",
  why: "Whatever stands behind the reference is missing from the contract; no tool can generate or check it.",
  fix: "Correct the path or the name, or add what is missing there.",

  run(workspace) {
    return problemsOf("unresolved-reference", workspace);
  },
};
