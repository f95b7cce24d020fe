import { fork } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { openBus } from "@speckit/service-kit";
import { silentLog, testMetrics } from "@speckit/service-kit/testing";
import { Client } from "pg";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { answers } from "../../src/faults/servers/answers.ts";
import { startOwnMailServer } from "../../src/faults/servers/own-mail-server.ts";
import { startOwnPostgres } from "../../src/faults/servers/own-postgres.ts";
import { rabbitProgram, startOwnRabbit } from "../../src/faults/servers/own-rabbit.ts";
import { redisProgram, startOwnRedis } from "../../src/faults/servers/own-redis.ts";
import type { OwnServer } from "../../src/faults/servers/own-server.ts";
import { startProgram } from "../../src/faults/servers/start-program.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-servers-"));
const place = (name: string) => path.join(folder, name);
let running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

async function keep<Server extends { stop(): Promise<void> }>(starting: Promise<Server>): Promise<Server> {
  const server = await starting;
  running.push(server);
  return server;
}

const portOf = ({ url }: { url: string }) => Number(new URL(url).port);
const needs = (program: string | undefined, name: string) =>
  program === undefined ? ` (left out: ${name} is not installed here)` : "";

describe("a server of our own, killed and started again, is at its old address", () => {
  test("PostgreSQL, with what it had", async () => {
    const postgres = await keep(startOwnPostgres(place("postgres")));
    const ask = async (text: string) => {
      const client = new Client({ connectionString: postgres.url });
      await client.connect();
      return client.query(text).finally(() => client.end());
    };
    await ask("CREATE TABLE teas AS SELECT 'TEA-100' AS sku");
    await postgres.kill();
    await postgres.start();
    expect((await ask("SELECT sku FROM teas")).rows).toEqual([{ sku: "TEA-100" }]);
  });

  test.skipIf(!rabbitProgram())(
    `RabbitMQ, and those who use it connect again${needs(rabbitProgram(), "rabbitmq-server")}`,
    async () => {
      const rabbit = await keep(startOwnRabbit(place("rabbitmq")));
      const topology = [{ consumer: "inventory-service", topics: ["events.order.created"] }];
      const bus = await openBus({ url: rabbit.url, topology, log: silentLog(), metrics: testMetrics() });
      await bus.check();
      await rabbit.kill();
      await expect(bus.check()).rejects.toThrow();
      await rabbit.start();
      await vi.waitFor(() => bus.check(), { timeout: 60_000, interval: 100 });
      await bus.close();
    },
    180_000,
  );

  test.skipIf(!redisProgram())(`Redis, and it is empty${needs(redisProgram(), "redis-server")}`, async () => {
    const redis = await keep(startOwnRedis(place("redis")));
    const port = portOf(redis);
    expect(await answers(port, "SET tea 1\r\n", "+OK")).toBe(true);
    await redis.kill();
    expect(await answers(port, "PING\r\n", "+PONG")).toBe(false);
    await redis.start();
    expect(await answers(port, "GET tea\r\n", "$-1")).toBe(true);
  });

  test("the mail server, with the mails it had", async () => {
    const mail = await keep(startOwnMailServer(0, place("mails")));
    await mail.leave();
    await expect(fetch(mail.url)).rejects.toThrow();
    await mail.comeBack();
    expect((await fetch(`${mail.url}/api/v1/messages`)).status).toBe(200);
  });
});

test.skipIf(!redisProgram())(
  `a server of our own ends when we are killed${needs(redisProgram(), "redis-server")}`,
  async () => {
    const host = fork(path.join(import.meta.dirname, "host-of-redis.ts"), [place("orphan")], {
      execArgv: ["--conditions=source", "--import", "tsx"],
    });
    const [{ url }] = (await once(host, "message")) as [Pick<OwnServer, "url">];
    expect(await answers(portOf({ url }), "PING\r\n", "+PONG")).toBe(true);
    host.kill("SIGKILL");
    await vi.waitFor(async () => expect(await answers(portOf({ url }), "PING\r\n", "+PONG")).toBe(false), {
      timeout: 30_000,
      interval: 20,
    });
  },
);

test("a server that does not start says why", async () => {
  fs.mkdirSync(place("broken"));
  const start = startProgram({
    name: "Teapot",
    url: "tea://127.0.0.1",
    folder: place("broken"),
    command: [process.execPath, "-e", "console.log('the port is taken'); process.exit(1)"],
    isReady: async () => false,
  });
  await expect(start).rejects.toThrow(/^Teapot does not start\. .*\nthe port is taken$/);
});
