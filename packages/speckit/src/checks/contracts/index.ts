import type { Check } from "../check.ts";
import { contractUndocumented } from "./contract-undocumented.ts";
import { errorResponseMissing } from "./error-response-missing.ts";
import { eventConstantMismatch } from "./event-constant-mismatch.ts";
import { eventDeclaredTwice } from "./event-declared-twice.ts";
import { eventEnvelopeIncomplete } from "./event-envelope-incomplete.ts";
import { eventWithoutSchema } from "./event-without-schema.ts";
import { operationIdDuplicate } from "./operation-id-duplicate.ts";
import { parameterDuplicate } from "./parameter-duplicate.ts";
import { pathAmbiguous } from "./path-ambiguous.ts";
import { pathParameterUndeclared } from "./path-parameter-undeclared.ts";
import { pathParameterUnused } from "./path-parameter-unused.ts";
import { schemaBroken } from "./schema-broken.ts";
import { schemaMissing } from "./schema-missing.ts";
import { securityMissing } from "./security-missing.ts";
import { successResponseMissing } from "./success-response-missing.ts";

/** Checks of one contract alone, in alphabetical order. A test holds this list against the folder. */
export const contractChecks: readonly Check[] = [
  contractUndocumented,
  errorResponseMissing,
  eventConstantMismatch,
  eventDeclaredTwice,
  eventEnvelopeIncomplete,
  eventWithoutSchema,
  operationIdDuplicate,
  parameterDuplicate,
  pathAmbiguous,
  pathParameterUndeclared,
  pathParameterUnused,
  schemaBroken,
  schemaMissing,
  securityMissing,
  successResponseMissing,
];
