import { setTimeout as pause } from "node:timers/promises";

export interface UntilOptions {
  /** A minute unless said otherwise. */
  readonly atMostMs?: number;
  readonly everyMs?: number;
}

/** Something that was ended does not come back. */
export class StaysAway extends Error {
  override readonly name = "StaysAway";
}

/** Waits until something is the case; false when the time is over before. A question that fails counts as no. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { atMostMs = 60_000, everyMs = 20 }: UntilOptions = {},
): Promise<boolean> {
  const from = performance.now();
  for (;;) {
    if (await Promise.resolve(isSo()).catch(() => false)) return true;
    if (performance.now() - from > atMostMs) return false;
    await pause(everyMs);
  }
}

/** What still moves after so many times the patience goes round in a circle. */
const mostPatiences = 30;

/**
 * Waits until nothing is left; false when what is left has stayed the same for so long. It may become more before it becomes less: one event
 * goes to several queues. A question that fails tells nothing.
 */
export async function untilNothingLeft(
  left: () => Promise<number>,
  { patienceMs, everyMs = 20 }: { readonly patienceMs: number; readonly everyMs?: number },
): Promise<boolean> {
  const from = performance.now();
  let last: number | undefined;
  let movedAt = from;
  for (;;) {
    const now = await left().catch(() => undefined);
    if (now === 0) return true;
    if (now !== undefined && now !== last) {
      last = now;
      movedAt = performance.now();
    }
    if (performance.now() - movedAt > patienceMs) return false;
    if (performance.now() - from > mostPatiences * patienceMs) return false;
    await pause(everyMs);
  }
}

/** Throws `StaysAway` when it takes longer than a minute. */
export async function untilBack(name: string, isBack: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await until(isBack))) throw new StaysAway(`${name} does not come back.`);
}
