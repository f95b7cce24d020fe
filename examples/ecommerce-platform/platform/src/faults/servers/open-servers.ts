import fs from "node:fs";
import path from "node:path";
import { freePort } from "@speckit/service-kit/embedded";
import { createUndoing } from "../../undoing.ts";
import { type MailServer, startOwnMailServer } from "./own-mail-server.ts";
import { startOwnPostgres } from "./own-postgres.ts";
import { rabbitProgram, startOwnRabbit } from "./own-rabbit.ts";
import { redisProgram, startOwnRedis } from "./own-redis.ts";
import type { OwnServer } from "./own-server.ts";

/** `embedded`: PostgreSQL alone, with the bus in it. `rabbit`: RabbitMQ beside it, and Redis. */
export type Driver = "embedded" | "rabbit";

/** What the shop stands on. */
export interface Servers {
  readonly postgres: OwnServer;
  readonly rabbit: OwnServer | undefined;
  readonly redis: OwnServer | undefined;
  readonly mail: MailServer;
  stop(): Promise<void>;
  /** The same when there is no time: works at once. */
  end(): void;
}

/** What a driver needs is not installed. */
export class NotInstalled extends Error {
  override readonly name = "NotInstalled";
}

/**
 * Names of the programs that a driver needs and this machine has not.
 * @public Asked by tests before they start servers.
 */
export function missingFor(driver: Driver): string[] {
  if (driver === "embedded") return [];
  const needed = { "rabbitmq-server": rabbitProgram(), "redis-server": redisProgram() };
  return Object.entries(needed).flatMap(([name, file]) => (file === undefined ? [name] : []));
}

/** Starts servers of our own below a folder. Throws `NotInstalled`. */
export async function openServers(driver: Driver, folder: string): Promise<Servers> {
  const missing = missingFor(driver);
  if (missing.length > 0) {
    throw new NotInstalled(
      `${missing.join(" and ")} is not installed here. On Debian: apt-get install ${missing.join(" ")}`,
    );
  }
  const undoing = createUndoing();
  const place = (name: string) => path.join(folder, name);
  const keep = async <Server extends Pick<OwnServer, "stop"> & Partial<OwnServer>>(
    starting: Promise<Server>,
  ) => {
    const server = await starting;
    undoing.add({ undo: () => server.stop(), atOnce: () => server.end?.(), together: true });
    return server;
  };
  const onlyFor = <Server>(wanted: Driver, start: () => Promise<Server>) =>
    driver === wanted ? start() : Promise.resolve(undefined);
  fs.mkdirSync(folder, { recursive: true });
  const starting = [
    keep(startOwnPostgres(place("postgres"))),
    onlyFor("rabbit", () => keep(startOwnRabbit(place("rabbitmq")))),
    onlyFor("rabbit", () => keep(startOwnRedis(place("redis")))),
    keep(startOwnMailServer(await freePort(), place("mails"))),
  ] as const;
  try {
    const [postgres, rabbit, redis, mail] = await Promise.all(starting);
    return { postgres, rabbit, redis, mail, stop: () => undoing.undo(), end: () => undoing.atOnce() };
  } catch (error) {
    await Promise.allSettled(starting);
    await undoing.undo();
    throw error;
  }
}
