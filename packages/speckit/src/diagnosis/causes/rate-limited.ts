import { type Cause, quotes } from "../cause.ts";

const signs =
  /\b429\b[^\n]*|Too Many Requests[^\n]*|rate limit[^\n]*|ThrottlingException|quota exceeded[^\n]*/i;

export const rateLimited: Cause = {
  id: "rate-limited",
  kind: "contract",
  title: "The caller asked more often than it may",
  why: "The service protects itself. Repeating at once makes it worse.",
  check: "Wait as long as `Retry-After` says; look for a loop that repeats without a pause.",
  find: ({ error }) => (error.status !== undefined && error.status !== 429 ? [] : quotes(error.text, signs)),
};
