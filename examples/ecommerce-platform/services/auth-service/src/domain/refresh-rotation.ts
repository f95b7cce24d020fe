/** How long a refresh token waits for its use. */
export const refreshTokenMs = 7 * 24 * 3_600_000;

/** Parallel tabs, and a client that repeats after a lost answer, present a token that was used just now. */
const graceMs = 10_000;

/** A refresh token as it is stored, with its session. */
export interface StoredRefreshToken {
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly sessionRevokedAt: Date | null;
}

/**
 * What presenting a refresh token leads to: a successor is made (`replace`), the successor that was made is given again (`repeat`), the
 * session ends because two parties hold the token (`stolen`), or nothing (`refuse`).
 */
export type RefreshVerdict = "replace" | "repeat" | "stolen" | "refuse";

export function judgeRefresh(token: StoredRefreshToken | undefined, now: Date): RefreshVerdict {
  if (!token || token.sessionRevokedAt) return "refuse";
  if (!token.usedAt) return now < token.expiresAt ? "replace" : "refuse";
  return now.getTime() - token.usedAt.getTime() <= graceMs ? "repeat" : "stolen";
}
