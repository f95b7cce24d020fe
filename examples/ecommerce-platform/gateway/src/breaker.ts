/** Keeps calls away from a service that does not answer, so that nobody waits for what will fail. */
export interface Breaker {
  /** 0 when a call may go on, else the seconds until the next is let through. */
  secondsToWait(): number;
  succeeded(): void;
  failed(): void;
}

export interface BreakerOptions {
  /** So many failures in a row, and it opens. */
  readonly failures?: number;
  readonly pauseMs?: number;
  readonly clock?: () => number;
}

/** After the pause one call is let through; the others follow when it got an answer. */
export function createBreaker({
  failures = 10,
  pauseMs = 2000,
  clock = Date.now,
}: BreakerOptions = {}): Breaker {
  let inARow = 0;
  let closedUntil = 0;
  return {
    secondsToWait() {
      if (inARow < failures) return 0;
      const now = clock();
      if (now < closedUntil) return Math.ceil((closedUntil - now) / 1000);
      // This one tries; the others wait for what becomes of it.
      closedUntil = now + pauseMs;
      return 0;
    },
    succeeded() {
      inARow = 0;
    },
    failed() {
      inARow++;
      if (inARow >= failures) closedUntil = clock() + pauseMs;
    },
  };
}
