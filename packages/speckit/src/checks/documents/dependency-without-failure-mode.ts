import type { Check } from "../check.ts";
import { specsOf } from "./documents-of.ts";

export const dependencyWithoutFailureMode: Check = {
  id: "dependency-without-failure-mode",
  area: "content",
  severity: "warning",
  title: "Every dependency has a failure mode",
  why: "The other service will be down one day, and without a decision each caller does something else.",
  fix: "Say in the column 'Failure Mode' what this service does when the other one does not answer.",
  measured: { hits: 0, sampled: 0, right: 0 },

  *run(workspace) {
    for (const { upstream } of specsOf(workspace)) {
      for (const { service, failureMode, at } of upstream) {
        if (failureMode === undefined) yield { message: `'${service}' has no failure mode.`, at };
      }
    }
  },
};
