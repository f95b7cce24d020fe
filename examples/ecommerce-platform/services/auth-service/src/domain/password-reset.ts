const validMs = 30 * 60_000;

/** Requests of an account are counted over this time. */
export const requestWindowMs = 3_600_000;
const requestsInWindow = 3;

/** A reset as it is stored. */
export interface StoredReset {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
}

/** Until when a reset token that is made at `now` works. */
export function resetExpiry(now: Date): Date {
  return new Date(now.getTime() + validMs);
}

/** Says whether an account that made `earlier` requests within the hour may have one more mail. */
export function mayHaveAnother(earlier: number): boolean {
  return earlier < requestsInWindow;
}

/** Says whether a reset token sets a password at `now`: once, and in time. */
export function isUsable(reset: StoredReset | undefined, now: Date): boolean {
  return reset !== undefined && reset.usedAt === null && now < reset.expiresAt;
}
