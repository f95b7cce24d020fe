import type { Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { groupBy } from "../../model/group-by.ts";
import type { NodePlace } from "../../model/location.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { apisOf } from "./contracts-of.ts";
import { declaredNames, namesAgree, pathPlace, templateNames } from "./path-templates.ts";

export const pathParameterUndeclared: Check = {
  id: "path-parameter-undeclared",
  area: "api",
  severity: "error",
  title: "Every name in a path's braces is a declared parameter",
  why: "Nobody knows what may stand there, and generated clients cannot fill it in.",
  fix: "Declare the parameter with 'in: path' and 'required: true', by the name that the path has.",

  *run(workspace) {
    for (const { operations } of apisOf(workspace)) {
      const lacking = operations.filter(
        (operation) => !operation.webhook && !namesAgree(operation) && undeclaredNames(operation).length > 0,
      );
      for (const [path, ofPath] of groupBy(lacking, (operation) => operation.path)) {
        const [first] = ofPath;
        const all = operations.filter((operation) => operation.path === path && !operation.webhook);
        // What no method declares was meant to be declared once, for the whole path.
        if (first && ofPath.length === all.length) yield report(first, path, pathPlace(first));
        else yield* ofPath.map((operation) => report(operation, nameOf(operation), operation.at));
      }
    }
  },
};

function undeclaredNames(operation: Operation): string[] {
  const declared = declaredNames(operation);
  return declared ? templateNames(operation).filter((name) => !declared.includes(name)) : [];
}

function report(operation: Operation, subject: string, at: NodePlace): Report {
  const names = undeclaredNames(operation);
  const inPath = templateNames(operation);
  const instead = declaredNames(operation)?.find((name) => !inPath.includes(name));
  const hint = instead === undefined ? "" : ` It declares '${instead}', which is not in the path.`;
  const what = names.length > 1 ? "parameters" : "parameter";
  return {
    message: `${subject} does not declare the ${what} ${listing(names.map((name) => `'${name}'`))} of its path.${hint}`,
    at,
  };
}
