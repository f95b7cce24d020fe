import { setTimeout as pause } from "node:timers/promises";
import type { ServerProcess } from "./server-process.ts";

/** A server that is started again whenever it ends by itself. */
export interface KeptServer {
  /** The present one. */
  server(): ServerProcess;
  /** Ends it for good. */
  stop(end: (server: ServerProcess) => Promise<void>): Promise<void>;
}

const shortestPauseMs = 100;
const longestPauseMs = 5000;

export function keepRunning(
  first: ServerProcess,
  start: () => Promise<ServerProcess>,
  log: { error(message: string): void } | undefined,
): KeptServer {
  let server = first;
  const stopping = new AbortController();
  const { signal } = stopping;

  async function watch(): Promise<void> {
    while (!signal.aborted) {
      await server.ended;
      if (signal.aborted) return;
      log?.error("PostgreSQL ended and is started again");
      server = (await startAgain()) ?? server;
    }
  }

  async function startAgain(): Promise<ServerProcess | undefined> {
    for (let waitMs = shortestPauseMs; !signal.aborted; waitMs = Math.min(waitMs * 2, longestPauseMs)) {
      try {
        return await start();
      } catch (error) {
        log?.error(`PostgreSQL does not start: ${(error as Error).message}`);
        await pause(waitMs, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  const watching = watch();
  return {
    server: () => server,
    async stop(end) {
      stopping.abort();
      // A restart that is under way comes to its end first, so that no server begins to live after this.
      if (!server.isRunning()) await watching;
      if (server.isRunning()) await end(server);
      await watching;
    },
  };
}
