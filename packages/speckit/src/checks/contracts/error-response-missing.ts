import type { ApiContract, Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { isOperational, nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { apisOf } from "./contracts-of.ts";
import { isHabit } from "./is-habit.ts";

export const errorResponseMissing: Check = {
  id: "error-response-missing",
  area: "api",
  severity: "warning",
  title: "Every operation that can refuse a request says how",
  why: "Consumers cannot handle errors that the contract does not describe.",
  fix: "Describe the responses for bad input and missing things (400, 404, …), or a 'default' response.",

  *run(workspace) {
    for (const api of apisOf(workspace)) {
      const silent = api.operations.filter((operation) => canRefuse(operation) && !saysErrors(operation));
      if (silent.length === 0) continue;
      const fallible = api.operations.filter(canRefuse);
      if (isHabit(silent, fallible)) yield forAll(api, silent, fallible.length);
      else yield* silent.map(forOne);
    }
  },
};

function canRefuse({ parameters, requestMediaTypes, webhook }: Operation): boolean {
  if (webhook) return false;
  return parameters.length > 0 || requestMediaTypes.length > 0;
}

function saysErrors({ responses }: Operation): boolean {
  // Without any response the operation is against the specification, which is said elsewhere.
  return responses.length === 0 || responses.some(({ status }) => /^(?:4..|default)$/i.test(status));
}

/** Operations whose only parameters are optional rarely refuse anything, and health is not asked for by consumers: no reason to fail a strict run. */
function severityOf({ parameters, requestMediaTypes, path }: Operation): "warning" | "info" {
  const isStrict = requestMediaTypes.length > 0 || parameters.some(({ required }) => required);
  return isStrict && !isOperational(path) ? "warning" : "info";
}

function forOne(operation: Operation): Report {
  return {
    severity: severityOf(operation),
    message: `${nameOf(operation)} describes no error response: neither a 4xx status nor 'default'.`,
    at: { ...operation.at, pointer: `${operation.at.pointer}/responses` },
  };
}

function forAll({ file }: ApiContract, operations: readonly Operation[], count: number): Report {
  return {
    severity: operations.some((operation) => severityOf(operation) === "warning") ? "warning" : "info",
    message: `${operations.length} of ${count} operations with input describe no error response: ${listing(operations.map(nameOf))}.`,
    at: { file, pointer: "/paths" },
  };
}
