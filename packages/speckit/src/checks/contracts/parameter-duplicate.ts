import { isSameParameter, type Operation, type ParameterFact } from "../../model/contract.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { apisOf } from "./contracts-of.ts";

export const parameterDuplicate: Check = {
  id: "parameter-duplicate",
  area: "api",
  severity: "error",
  title: "No operation has the same parameter twice",
  why: "Tools keep one of the two and drop the other, and they do not agree on which.",
  fix: "Remove one of the two, or rename it.",

  *run(workspace) {
    for (const { operations } of apisOf(workspace)) {
      for (const operation of operations) {
        for (const { name, in: where } of duplicates(operation)) {
          yield {
            message: `${nameOf(operation)} declares the ${where} parameter '${name}' more than once.`,
            at: { ...operation.at, pointer: `${operation.at.pointer}/parameters` },
          };
        }
      }
    }
  },
};

/** The second of each; lists are short, so that comparing all with all costs least. */
function duplicates({ parameters }: Operation): ParameterFact[] {
  return parameters.filter(
    (parameter, index) =>
      parameter.name !== "" &&
      parameters.findIndex((other) => isSameParameter(other, parameter)) !== index &&
      parameters.slice(0, index).filter((other) => isSameParameter(other, parameter)).length === 1,
  );
}
