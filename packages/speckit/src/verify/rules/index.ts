import type { AnswerRule } from "./answer-rule.ts";
import { bodyMismatch } from "./body-mismatch.ts";
import { bodyMissing } from "./body-missing.ts";
import { bodyUndescribed } from "./body-undescribed.ts";
import { bodyUnreadable } from "./body-unreadable.ts";
import { credentialsNotAsked } from "./credentials-not-asked.ts";
import { credentialsRefused } from "./credentials-refused.ts";
import { headerMismatch } from "./header-mismatch.ts";
import { headerMissing } from "./header-missing.ts";
import { invalidRequestAccepted } from "./invalid-request-accepted.ts";
import { mediaTypeUndeclared } from "./media-type-undeclared.ts";
import { noAnswer } from "./no-answer.ts";
import { operationUnreached } from "./operation-unreached.ts";
import { problemMalformed } from "./problem-malformed.ts";
import { refusedOtherwise } from "./refused-otherwise.ts";
import { serverFailed } from "./server-failed.ts";
import { statusUndeclared } from "./status-undeclared.ts";
import { validRequestRefused } from "./valid-request-refused.ts";

/** Every rule about answers of a running service. */
export const answerRules: readonly AnswerRule[] = [
  bodyMismatch,
  bodyMissing,
  bodyUndescribed,
  bodyUnreadable,
  credentialsNotAsked,
  credentialsRefused,
  headerMismatch,
  headerMissing,
  invalidRequestAccepted,
  mediaTypeUndeclared,
  noAnswer,
  operationUnreached,
  problemMalformed,
  refusedOtherwise,
  serverFailed,
  statusUndeclared,
  validRequestRefused,
];
