import type { Check } from "../check.ts";
import { authenticationMissing } from "./authentication-missing.ts";
import { databaseShared } from "./database-shared.ts";
import { eventMisnamed } from "./event-misnamed.ts";
import { healthCheckMissing } from "./health-check-missing.ts";
import { openApiMissing } from "./openapi-missing.ts";
import { openApiOutdated } from "./openapi-outdated.ts";
import { pathUnversioned } from "./path-unversioned.ts";
import { problemDetailsMissing } from "./problem-details-missing.ts";
import { technologyMismatch } from "./technology-mismatch.ts";

/** Checks that hold services to the constitution, in alphabetical order. A test holds this list against the folder. */
export const principleChecks: readonly Check[] = [
  authenticationMissing,
  databaseShared,
  eventMisnamed,
  healthCheckMissing,
  openApiMissing,
  openApiOutdated,
  pathUnversioned,
  problemDetailsMissing,
  technologyMismatch,
];
