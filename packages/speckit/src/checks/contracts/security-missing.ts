import type { ApiContract, Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { isBeforeSignIn, isOperational, nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { apisOf } from "./contracts-of.ts";
import { isHabit } from "./is-habit.ts";

export const securityMissing: Check = {
  id: "security-missing",
  area: "api",
  severity: "warning",
  title: "Every operation asks for authentication or says that it is public",
  why: "The contract defines how callers authenticate, but this operation lets everybody in, on purpose or not.",
  fix: "Name the security scheme in 'security', or write 'security: []' where the operation is public on purpose.",

  *run(workspace) {
    for (const api of apisOf(workspace)) {
      if (api.securitySchemes.length === 0) continue;
      const open = api.operations.filter(
        (operation) => operation.security.length === 0 && !isOpen(operation),
      );
      if (open.length === 0) continue;
      const guarded = api.operations.filter((operation) => !isOpen(operation));
      const unused = open.length > 1 && open.length === guarded.length;
      if (unused || isHabit(open, guarded)) yield forAll(api, open, guarded.length);
      else yield* open.map((operation) => forOne(operation));
    }
  },
};

function isOpen({ publicByChoice, path, method, webhook }: Operation): boolean {
  return publicByChoice || webhook || method === "OPTIONS" || isOperational(path) || isBeforeSignIn(path);
}

function forOne(operation: Operation): Report {
  return { message: `${nameOf(operation)} asks for no authentication.`, at: operation.at };
}

function forAll({ file, securitySchemes }: ApiContract, open: readonly Operation[], count: number): Report {
  const schemes = listing(securitySchemes.map(({ name }) => `'${name}'`));
  return {
    message: `The contract defines ${schemes}, but ${open.length} of ${count} operations ask for no authentication: ${listing(open.map(nameOf))}.`,
    at: { file, pointer: "/components/securitySchemes" },
  };
}
