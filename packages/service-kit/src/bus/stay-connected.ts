import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "../telemetry/logger.ts";
import { BusUnavailable } from "./bus.ts";

/** A connection that can be used, until `ended` resolves. */
export interface Link {
  readonly ended: Promise<void>;
  end(): Promise<void>;
}

export interface Connection<Of extends Link> {
  /** Throws `BusUnavailable` while there is none. */
  current(): Of;
  /** Resolves at the first connection, at the latest after `ms`. */
  connected(ms: number): Promise<void>;
  close(): Promise<void>;
}

const longestBackoffMs = 1_000;

/** Connects, and again, with growing pauses, whenever the connection ends or cannot be made. */
export function stayConnected<Of extends Link>(connect: () => Promise<Of>, log: Logger): Connection<Of> {
  const stopping = new AbortController();
  const once = new AbortController();
  let current: Of | undefined;

  const run = async () => {
    for (let failures = 0; !stopping.signal.aborted; ) {
      try {
        current = await connect();
        failures = 0;
        once.abort();
        if (stopping.signal.aborted) await current.end();
        await current.ended;
        if (!stopping.signal.aborted) log.warn("the bus lost its connection");
      } catch (error) {
        log.warn({ err: error }, "the bus cannot be reached");
      }
      current = undefined;
      const backoffMs = Math.min(longestBackoffMs, 50 * 2 ** failures++);
      await pause(backoffMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();

  return {
    current() {
      if (!current) throw new BusUnavailable("The bus is not connected.");
      return current;
    },
    connected: (ms) => pause(ms, undefined, { signal: once.signal }).catch(() => {}),
    async close() {
      stopping.abort();
      await current?.end();
      await running;
    },
  };
}
