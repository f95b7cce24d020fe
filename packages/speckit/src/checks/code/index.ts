import type { Check } from "../check.ts";
import { dependencyUndeclared } from "./dependency-undeclared.ts";
import { dependencyUnused } from "./dependency-unused.ts";
import { operationWithoutRoute } from "./operation-without-route.ts";
import { routeWithoutOperation } from "./route-without-operation.ts";
import { scenarioWithoutTest } from "./scenario-without-test.ts";

/** What source files show against what documents say. */
export const codeChecks: readonly Check[] = [
  dependencyUndeclared,
  dependencyUnused,
  operationWithoutRoute,
  routeWithoutOperation,
  scenarioWithoutTest,
];
