/** What wrong passwords are counted by. */
export type FailureKind = "email" | "address";

/**
 * How many wrong passwords lock. Many people share an address behind one router, so an address has more than an email.
 */
export const failureLimits: Readonly<Record<FailureKind, number>> = { email: 10, address: 300 };

const windowMs = 15 * 60_000;
const lockMs = 15 * 60_000;

/** Failures older than this neither lock nor keep anything locked. */
export const failuresMatterMs = windowMs + lockMs;

/** The failures that decide, as nothing is counted while a lock holds. */
export interface CountedFailures {
  readonly last: Date;
  /** The one with which the limit was reached, counted back from the last: the 10th last for an email. */
  readonly limitBefore: Date;
}

/**
 * Until when an email or address is locked; undefined while it is open. It locks with the failure that makes the limit full within 15
 * minutes, for 15 minutes. `failures` is undefined while there are fewer than the limit.
 */
export function lockedUntil(failures: CountedFailures | undefined, now: Date): Date | undefined {
  if (!failures) return undefined;
  const { last, limitBefore } = failures;
  if (last.getTime() - limitBefore.getTime() > windowMs) return undefined;
  const until = new Date(last.getTime() + lockMs);
  return now < until ? until : undefined;
}
