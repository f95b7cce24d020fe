import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Bus, type Envelope, type Environment, openBus } from "@speckit/service-kit";
import {
  freshDatabase,
  type Severable,
  severable,
  silentLog,
  testMetrics,
} from "@speckit/service-kit/testing";
import { contracts, serviceFolder } from "./auth-database.ts";

/** What auth-service needs around it: a database and a bus, each by a way that can be cut. */
export interface Surroundings {
  readonly environment: Environment;
  readonly database: Severable;
  readonly bus: Severable;
  /** What notification-service has received so far. */
  readonly received: readonly Envelope<{ resetToken: string; email: string }>[];
  close(): Promise<void>;
}

export async function openSurroundings(): Promise<Surroundings> {
  const [data, messages] = [await freshDatabase(), await freshDatabase()];
  const [database, bus] = [await severable(data.url), await severable(messages.url)];
  const received: Surroundings["received"][number][] = [];
  const listener = await listen(messages.url, (envelope) => void received.push(envelope));
  return {
    environment: {
      DATABASE_URL: database.url,
      BUS_DATABASE_URL: bus.url,
      AUTH_SECRET: "a secret of at least thirty-two bytes",
      LOG_LEVEL: "silent",
    },
    database,
    bus,
    received,
    async close() {
      await listener.close();
      await Promise.all([database.close(), bus.close()]);
      await Promise.all([data.drop(), messages.drop()]);
    },
  };
}

async function listen(url: string, take: (envelope: Surroundings["received"][number]) => void): Promise<Bus> {
  const bus = await openBus({ url, topology: contracts.topology, log: silentLog(), metrics: testMetrics() });
  await bus.subscribe({
    consumer: "notification-service",
    concurrency: 1,
    handle: async ({ body }) => take(body as Surroundings["received"][number]),
  });
  return bus;
}

/** Starts the service as a process of its own. */
export function run(environment: Environment): ChildProcess {
  return fork(join(serviceFolder, "src", "main.ts"), {
    execArgv: ["--conditions=source", "--import", "tsx"],
    env: { PATH: process.env.PATH, ...environment },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** The address of a process that was started, once it is ready. */
export async function readyUrl(started: ChildProcess): Promise<string> {
  const [ready] = (await once(started, "message")) as [{ readonly url: string }];
  return ready.url;
}

export async function post(url: string, operation: string, body: object) {
  const response = await fetch(`${url}/api/v1/auth/${operation}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}
