import pg from "pg";
import type { Logger } from "../../telemetry/logger.ts";
import { BusUnavailable } from "../bus.ts";
import { type Link, stayConnected } from "../stay-connected.ts";

/**
 * The one connection of a bus that stands for its process. Each subscription holds messages under a number, and this connection holds an
 * advisory lock on the number. PostgreSQL gives the lock back when the connection ends, so that others see at once that the process is
 * gone, however it ended, while a slow handler that lives keeps what it holds.
 */
export interface Lease {
  /** A new number, locked. Throws `BusUnavailable`. */
  hold(): Promise<number>;
  /** Throws `BusUnavailable` unless the locks stand. */
  confirm(): void;
  release(holder: number): Promise<void>;
  /** Resolves at the first connection, at the latest after `ms`. */
  connected(ms: number): Promise<void>;
  close(): Promise<void>;
}

export interface LeaseOptions {
  readonly config: pg.ClientConfig;
  readonly channel: string;
  readonly log: Logger;
  /** Called with each new connection, before it is used. */
  prepare(client: pg.Client): Promise<void>;
  /** Called with the payload of a notification; with nothing when some may have been missed. */
  onNews(consumer?: string): void;
}

const lockClass = "hashtext(current_schema())";

/** After a loss of the connection the numbers stay the same: what they held meanwhile is still theirs if nobody took it. */
export function openLease(options: LeaseOptions): Lease {
  const holders = new Set<number>();
  const connection = stayConnected(() => connect(options, holders), options.log);
  return {
    async hold() {
      const { client } = connection.current();
      const { rows } = await client.query<{ holder: number }>("SELECT nextval('holder')::integer AS holder");
      const holder = rows[0]?.holder as number;
      await lock(client, holder);
      holders.add(holder);
      return holder;
    },
    confirm: () => void connection.current(),
    async release(holder) {
      holders.delete(holder);
      try {
        await connection.current().client.query(`SELECT pg_advisory_unlock(${lockClass}, $1)`, [holder]);
      } catch {
        // The lock ended with the connection.
      }
    },
    connected: connection.connected,
    close: connection.close,
  };
}

async function connect(
  { config, channel, prepare, onNews }: LeaseOptions,
  holders: ReadonlySet<number>,
): Promise<Link & { readonly client: pg.Client }> {
  const client = new pg.Client(config);
  const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
  // Every error ends the connection, which is all that matters here.
  client.on("error", () => {});
  client.on("notification", ({ payload }) => onNews(payload));
  try {
    await client.connect();
    await prepare(client);
    for (const holder of holders) await lock(client, holder);
    await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  onNews();
  return { client, ended, end: () => client.end() };
}

async function lock(client: pg.Client, holder: number): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(${lockClass}, $1) AS locked`,
    [holder],
  );
  // The server has not noticed yet that the connection before is gone; until then that one protects what is held.
  if (!rows[0]?.locked) throw new BusUnavailable("The lease of the connection before still stands.");
}
