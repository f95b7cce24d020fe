import type { Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { groupBy } from "../../model/group-by.ts";
import { pathShape } from "../../model/path-shape.ts";
import type { Check } from "../check.ts";
import { apisOf } from "./contracts-of.ts";
import { pathPlace } from "./path-templates.ts";

export const pathAmbiguous: Check = {
  id: "path-ambiguous",
  area: "api",
  severity: "error",
  title: "No two paths differ only in the names of their parameters",
  why: "A router cannot tell them apart, so one of them is never reached. OpenAPI counts them as identical.",
  fix: "Use one path with one name for the parameter, and put all its methods there.",

  *run(workspace) {
    for (const { operations } of apisOf(workspace)) {
      const firstOfPath = new Map<string, Operation>();
      for (const operation of operations) {
        if (operation.webhook || !operation.path.includes("{") || firstOfPath.has(operation.path)) continue;
        firstOfPath.set(operation.path, operation);
      }
      for (const [first, ...others] of groupBy(firstOfPath.values(), ({ path }) =>
        pathShape(path),
      ).values()) {
        if (first) yield* others.map((other) => report(first, other, operations));
      }
    }
  },
};

function report(first: Operation, other: Operation, operations: readonly Operation[]): Report {
  const methodsOf = ({ path }: Operation) =>
    operations.filter((one) => one.path === path).map(({ method }) => method);
  const taken = methodsOf(first);
  return {
    severity: methodsOf(other).some((method) => taken.includes(method)) ? "error" : "warning",
    message: `${other.path} and ${first.path} are the same path under two names.`,
    at: pathPlace(other),
    related: [{ message: `${first.path} stands here`, at: pathPlace(first) }],
  };
}
