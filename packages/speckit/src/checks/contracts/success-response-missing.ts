import type { Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { apisOf } from "./contracts-of.ts";
import { isHabit } from "./is-habit.ts";

export const successResponseMissing: Check = {
  id: "success-response-missing",
  area: "api",
  severity: "warning",
  title: "Every operation says what it answers when all goes well",
  why: "Consumers cannot tell what they get, and generated clients treat every answer as an error.",
  fix: "Describe the response with its status below 400.",

  *run(workspace) {
    for (const { file, operations } of apisOf(workspace)) {
      const failing = operations.filter(hasOnlyErrors);
      if (isHabit(failing, operations)) {
        const message = `${failing.length} of ${operations.length} operations describe only errors: ${listing(failing.map(nameOf))}.`;
        yield { message, at: { file, pointer: "/paths" } };
      } else yield* failing.map(forOne);
    }
  },
};

function hasOnlyErrors({ responses }: Operation): boolean {
  return responses.length > 0 && !responses.some(({ status }) => /^(?:[123]..|default)$/i.test(status));
}

function forOne(operation: Operation): Report {
  const statuses = operation.responses.map(({ status }) => status).join(", ");
  return {
    message: `${nameOf(operation)} describes only errors (${statuses}).`,
    at: { ...operation.at, pointer: `${operation.at.pointer}/responses` },
  };
}
