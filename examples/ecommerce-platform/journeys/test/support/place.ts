import { randomBytes } from "node:crypto";
import net from "node:net";
import { removeShop } from "@shop/platform";
import type { Environment } from "@speckit/service-kit";

/** The servers that a shop stands on. */
export interface Place {
  readonly environment: Environment;
  /** Removes what the shop made there; it must have stopped. */
  leave(): Promise<void>;
}

/** Servers that the shop brings along and that end with it. */
export const ownServers: Place = { environment: {}, leave: async () => undefined };

const urls = {
  DATABASE_URL: process.env.DATABASE_URL ?? "postgres://root@127.0.0.1:5432/postgres",
  AMQP_URL: process.env.AMQP_URL ?? "amqp://guest:guest@127.0.0.1:5672",
  REDIS_URL: process.env.REDIS_URL ?? "redis://127.0.0.1:6379",
};
const defaultPorts: Readonly<Record<string, number>> = { "postgres:": 5432, "amqp:": 5672, "redis:": 6379 };

/** Which of PostgreSQL, RabbitMQ and Redis do not answer, by their variables and addresses. */
export async function missingServers(): Promise<string[]> {
  const asked = Object.entries(urls).map(async ([name, url]) => {
    const { protocol, hostname, port } = new URL(url);
    const isThere = await answers(hostname, Number(port) || (defaultPorts[protocol] ?? 0));
    return isThere ? [] : [`${name} (${hostname})`];
  });
  return (await Promise.all(asked)).flat();
}

/** Real servers, which others use too: everything there has a name that nobody else has. */
export function realServers(): Place {
  const environment = { ...urls, PLATFORM_PREFIX: `journey_${randomBytes(4).toString("hex")}_` };
  return { environment, leave: () => removeShop(environment) };
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout: 2000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => end(true));
    socket.once("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
