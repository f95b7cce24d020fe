import type { ApiContract, Operation } from "../../model/contract.ts";
import type { Report } from "../../model/finding.ts";
import { isOperational } from "../../model/operation-purpose.ts";
import type { Workspace } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { apisOf } from "../contracts/contracts-of.ts";
import { isHabit } from "../contracts/is-habit.ts";
import { pathPlace } from "../contracts/path-templates.ts";
import { listing } from "../listing.ts";
import { principlesOf, statementOf } from "./principles-of.ts";
import { type KeepsPrefix, versionedPath } from "./versioned-path.ts";

export const pathUnversioned: Check = {
  id: "path-unversioned",
  area: "principles",
  severity: "warning",
  title: "Every path carries the version that the constitution asks for",
  why: "Without a version in the path a breaking change cannot be released beside what consumers use today.",
  fix: "Begin the path as the constitution says.",

  *run(workspace) {
    const principles = principlesOf(workspace, "path-version");
    const [principle] = principles;
    if (!principle) return;
    const tests = principles.map(({ prefix }) => versionedPath(prefix));
    const wanted = principles.map(({ prefix }) => `'${prefix}'`).join(" or ");
    const exempt = healthPaths(workspace);
    for (const api of apisOf(workspace)) {
      const isWrong = ({ path, webhook }: Operation) =>
        !webhook &&
        !tests.some((keeps) => keepsTo(path, api, keeps)) &&
        !isOperational(path) &&
        !exempt.has(path);
      const wrong = onePerPath(api.operations.filter(isWrong));
      if (wrong.length === 0) continue;
      const paths = onePerPath(api.operations);
      const related = [statementOf(principle)];
      if (isHabit(wrong, paths)) yield { ...forAll(api, wrong, paths.length, wanted), related };
      else yield* wrong.map((operation): Report => ({ ...forOne(operation, wanted), related }));
    }
  },
};

function onePerPath(operations: readonly Operation[]): Operation[] {
  return [...new Map(operations.map((operation) => [operation.path, operation])).values()];
}

/** Paths at which the constitution itself wants health to be asked for. */
function healthPaths(workspace: Workspace): Set<string> {
  return new Set(principlesOf(workspace, "health-checks").flatMap(({ paths }) => paths));
}

function keepsTo(path: string, { basePaths }: ApiContract, keeps: KeepsPrefix): boolean {
  return keeps(path) || basePaths.some((base) => base !== "" && keeps(base + path));
}

function forOne(operation: Operation, wanted: string): Report {
  return { message: `The path ${operation.path} does not begin with ${wanted}.`, at: pathPlace(operation) };
}

function forAll(
  { file }: ApiContract,
  operations: readonly Operation[],
  count: number,
  wanted: string,
): Report {
  return {
    message: `${operations.length} of ${count} paths do not begin with ${wanted}: ${listing(operations.map(({ path }) => path))}.`,
    at: { file, pointer: "/paths" },
  };
}
