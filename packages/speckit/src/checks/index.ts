import type { Check } from "./check.ts";
import { codeChecks } from "./code/index.ts";
import { contractChecks } from "./contracts/index.ts";
import { documentChecks } from "./documents/index.ts";
import { fleetChecks } from "./fleet/index.ts";
import { principleChecks } from "./principles/index.ts";
import { readingChecks } from "./reading/index.ts";

/** Every check of the engine. Each folder has its own list; a test holds the lists against the folders. */
export const checks: readonly Check[] = [
  ...readingChecks,
  ...documentChecks,
  ...contractChecks,
  ...fleetChecks,
  ...codeChecks,
  ...principleChecks,
];
