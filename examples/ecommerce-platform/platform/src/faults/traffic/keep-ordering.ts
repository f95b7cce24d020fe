import { setTimeout as pause } from "node:timers/promises";
import { until } from "../until.ts";
import { placeWave, type WaveOptions } from "./place-wave.ts";

/** Customers who go on ordering. */
export interface Traffic {
  /** Waves that the shop has answered. */
  readonly waves: number;
  /** Resolves when it has answered so many more. */
  moreWaves(count: number): Promise<void>;
  /** Resolves in the middle of the next. */
  midWave(): Promise<void>;
  /** Begins no further wave; resolves when all have been answered. */
  stop(): Promise<void>;
}

/** Some thirty orders a second: enough to be in the middle of something at any moment, and no burden. */
const everyMs = 300;
/** While the shop is slow, or part of it away, no more waves than these wait for their answers. */
const mostAtOnce = 4;
/** What a wave sets going is under way this long after it began. */
const midWaveMs = 80;

/** Begins one wave after the other until it is stopped. */
export function keepOrdering(options: Omit<WaveOptions, "newEmail">, name: string): Traffic {
  const underWay = new Set<Promise<void>>();
  let begun = 0;
  let waves = 0;
  let stopped = false;
  const begin = () => {
    // Passwords are slow to hash, by design; every other wave has a new one.
    const newEmail = begun % 2 === 0 ? `charles.${name}.${begun}@example.com` : undefined;
    begun++;
    const wave = placeWave({ ...options, newEmail }).then(() => {
      waves++;
      underWay.delete(wave);
    });
    underWay.add(wave);
  };
  const run = async () => {
    while (!stopped) {
      begin();
      await pause(everyMs);
      if (underWay.size >= mostAtOnce) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  };
  const running = run();
  const unlessStopped = (isSo: () => boolean) =>
    until(() => isSo() || stopped, { atMostMs: Number.POSITIVE_INFINITY, everyMs: 1 });
  return {
    get waves() {
      return waves;
    },
    async moreWaves(count) {
      const goal = waves + count;
      await unlessStopped(() => waves >= goal);
    },
    async midWave() {
      const next = begun + 1;
      await unlessStopped(() => begun >= next);
      await pause(options.random.below(midWaveMs));
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
