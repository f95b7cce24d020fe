/**
 * Ids of the rules about running services: what a configuration may name. Commands that judge no answers need not load what does; a test holds the
 * list against the rules.
 */
export const verifyRuleIds: readonly string[] = [
  "body-mismatch",
  "body-missing",
  "body-undescribed",
  "body-unreadable",
  "credentials-not-asked",
  "credentials-refused",
  "event-mismatch",
  "event-undescribed",
  "header-mismatch",
  "header-missing",
  "invalid-request-accepted",
  "media-type-undeclared",
  "no-answer",
  "operation-unreached",
  "problem-malformed",
  "refused-otherwise",
  "server-failed",
  "status-undeclared",
  "valid-request-refused",
];
