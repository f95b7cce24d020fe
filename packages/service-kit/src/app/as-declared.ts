import type { FastifyRequest } from "fastify";
import type { Contract } from "../contract/contract.ts";
import { Problem } from "./problem.ts";
import { stateOf } from "./request-state.ts";

/** How contracts say that a request is not what they ask for, the most exact first. */
const refusals = [422, 400];

/**
 * The problem of a request that is against its schema, with the status that the contract has for it: some say 400 of bodies, others 422 of
 * everything. Where the contract names none of them it stays as it is.
 */
export function asDeclared(
  problem: Problem,
  error: unknown,
  request: FastifyRequest,
  { operations }: Contract,
): Problem {
  const isAgainstSchema =
    problem.options.type === "/problems/invalid-body" ||
    (typeof error === "object" && error !== null && "validation" in error);
  const operation = operations.get(stateOf(request)?.operation ?? "");
  if (!isAgainstSchema || !operation || isDeclared(operation.statuses, problem.status)) return problem;
  const status = refusals.find((one) => operation.statuses.includes(String(one)));
  return status === undefined ? problem : new Problem(status, problem.options);
}

function isDeclared(statuses: readonly string[], status: number): boolean {
  return statuses.includes(String(status)) || statuses.includes(`${String(status)[0]}XX`);
}
