import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { apisOf } from "./contracts-of.ts";
import { declaredNames, namesAgree, templateNames } from "./path-templates.ts";

export const pathParameterUnused: Check = {
  id: "path-parameter-unused",
  area: "api",
  severity: "error",
  title: "Every declared path parameter stands in the path",
  why: "The parameter is required and there is no place to put it, so strict tools refuse every request.",
  fix: "Put the name in braces into the path, or remove the parameter.",

  *run(workspace) {
    for (const { operations } of apisOf(workspace)) {
      const reported = new Set<string>();
      for (const operation of operations) {
        if (namesAgree(operation)) continue;
        const names = templateNames(operation);
        const declared = declaredNames(operation);
        // A name of the path that nothing declares is the same mistake seen from the other side.
        if (operation.webhook || !declared || names.some((name) => !declared.includes(name))) continue;
        for (const name of declared.filter((declaredName) => !names.includes(declaredName))) {
          const key = `${operation.path} ${name}`;
          if (reported.has(key)) continue;
          reported.add(key);
          yield {
            message: `${nameOf(operation)} declares the path parameter '${name}', which does not stand in the path.`,
            at: operation.at,
          };
        }
      }
    }
  },
};
