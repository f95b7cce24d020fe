import type { Cause } from "../cause.ts";
import { addressInUse } from "./address-in-use.ts";
import { answerAsSpecified } from "./answer-as-specified.ts";
import { answerUndeclared } from "./answer-undeclared.ts";
import { busUnavailable } from "./bus-unavailable.ts";
import { connectionRefused } from "./connection-refused.ts";
import { connectionReset } from "./connection-reset.ts";
import { contractBroken } from "./contract-broken.ts";
import { credentialsRejected } from "./credentials-rejected.ts";
import { databaseUnavailable } from "./database-unavailable.ts";
import { dependencyFailed } from "./dependency-failed.ts";
import { diskFull } from "./disk-full.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { eventInvalid } from "./event-invalid.ts";
import { filesExhausted } from "./files-exhausted.ts";
import { moduleMissing } from "./module-missing.ts";
import { nameNotResolved } from "./name-not-resolved.ts";
import { operationUnknown } from "./operation-unknown.ts";
import { outOfMemory } from "./out-of-memory.ts";
import { permissionDenied } from "./permission-denied.ts";
import { processKilled } from "./process-killed.ts";
import { rateLimited } from "./rate-limited.ts";
import { recursionEndless } from "./recursion-endless.ts";
import { referenceViolated } from "./reference-violated.ts";
import { requestInvalid } from "./request-invalid.ts";
import { schemaOutdated } from "./schema-outdated.ts";
import { stateUnexpected } from "./state-unexpected.ts";
import { textUnparsable } from "./text-unparsable.ts";
import { timedOut } from "./timed-out.ts";
import { tlsFailed } from "./tls-failed.ts";
import { transactionsCollided } from "./transactions-collided.ts";
import { valueMissing } from "./value-missing.ts";
import { variableMissing } from "./variable-missing.ts";

/** Every cause that is known, in the order in which they are considered: what explains most comes first. */
export const causes: readonly Cause[] = [
  outOfMemory,
  processKilled,
  diskFull,
  filesExhausted,
  addressInUse,
  nameNotResolved,
  connectionRefused,
  connectionReset,
  timedOut,
  tlsFailed,
  databaseUnavailable,
  busUnavailable,
  permissionDenied,
  variableMissing,
  moduleMissing,
  schemaOutdated,
  contractBroken,
  eventInvalid,
  requestInvalid,
  credentialsRejected,
  rateLimited,
  operationUnknown,
  answerAsSpecified,
  answerUndeclared,
  dependencyFailed,
  duplicateKey,
  referenceViolated,
  transactionsCollided,
  textUnparsable,
  valueMissing,
  recursionEndless,
  stateUnexpected,
];
