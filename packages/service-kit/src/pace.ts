import { setTimeout as pause } from "node:timers/promises";

/** Keeps work from being done more often than is useful: what comes in quick succession is gathered, what comes after a rest is not delayed. */
export interface Pace {
  /** Resolves once enough time has passed since it last did, or at the signal. */
  ready(signal?: AbortSignal): Promise<void>;
}

/** At most once in `ms` milliseconds. */
export function createPace(ms: number): Pace {
  let last = Number.NEGATIVE_INFINITY;
  return {
    async ready(signal) {
      const restMs = last + ms - performance.now();
      if (restMs > 0) await pause(restMs, undefined, signal && { signal }).catch(() => {});
      last = performance.now();
    },
  };
}
