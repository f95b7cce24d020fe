import type { MailContent } from "./mail.ts";

/** A mail is tried for this long after it was queued. */
const givenUpAfterMs = 24 * 60 * 60 * 1000;

/** A confirmation waits for the lines of its order for this long, when the events arrive in another order. */
export const waitForLinesMs = 60_000;

const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/** How long to wait after a try that failed, the first one being 1: a second, then twice as long each time, up to five minutes. */
export function pauseAfter(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts - 1, 30));
}

/** When a mail queued now stops being of use: a reset with its token, all others after a day. */
export function giveUpAt(content: MailContent, now: Date): Date {
  const aDayFromNow = new Date(now.getTime() + givenUpAfterMs);
  if (content.template !== "password-reset") return aDayFromNow;
  const expiry = new Date(content.expiresAt);
  return expiry < aDayFromNow ? expiry : aDayFromNow;
}

/** Whether a token is past its time; one whose time cannot be read is. */
export function hasExpired(expiresAt: string, now: Date): boolean {
  return !(Date.parse(expiresAt) > now.getTime());
}

export type Verdict = { readonly kind: "again"; readonly pauseMs: number } | { readonly kind: "given-up" };

/** What becomes of a mail whose try failed. */
export function afterFailure(failed: {
  /** Tries so far. */
  readonly attempts: number;
  /** The server said that it will never take this mail. */
  readonly forGood: boolean;
  /** Time until the mail is given up. */
  readonly leftMs: number;
}): Verdict {
  const pauseMs = pauseAfter(failed.attempts);
  if (failed.forGood || pauseMs >= failed.leftMs) return { kind: "given-up" };
  return { kind: "again", pauseMs };
}
