import { createServer } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  ContractMismatch,
  type Environment,
  EnvironmentError,
  type RunningService,
  startService,
} from "../../src/index.ts";
import { type FakeAuth, type FreshDatabase, fakeAuth, freshDatabase } from "../../src/testing/index.ts";
import { orderService } from "../shop.ts";
import { serve } from "./order-service.ts";

let auth: FakeAuth;
let data: FreshDatabase;
let queue: FreshDatabase;
let environment: Environment;
let service: RunningService | undefined;

beforeAll(async () => {
  [auth, data, queue] = await Promise.all([fakeAuth(), freshDatabase(), freshDatabase()]);
  environment = {
    DATABASE_URL: data.url,
    BUS_DATABASE_URL: queue.url,
    AUTH_URL: auth.url,
    LOG_LEVEL: "silent",
  };
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
});
afterAll(() => Promise.all([auth.close(), data.drop(), queue.drop()]));

async function ask(path: string, init: RequestInit = {}) {
  const answered = await fetch(`${service?.url}${path}`, { headers: await auth.bearer(), ...init });
  return { status: answered.status, body: (await answered.json()) as Record<string, unknown> };
}

test("a service stores, tells and hears of its own events", async () => {
  service = await serve(environment);
  const { body } = await ask("/api/v1/notes", { method: "POST" });
  await vi.waitFor(async () => {
    const orders = (await ask("/api/v1/orders")).body as unknown as object[];
    expect(orders).toContainEqual({ order_id: body.orderId, told: true });
  }, 30_000);
});

test("a service shows what it needs", async () => {
  service = await serve(environment);
  expect((await ask("/health")).body.data).toEqual({
    status: "degraded",
    service: "order-service",
    checks: {
      database: { status: "up" },
      bus: { status: "up" },
      "auth-service": { status: "up" },
      "inventory-service": { status: "down", detail: "connection refused" },
    },
  });
  expect((await ask("/health/ready")).status).toBe(200);
});

test("a token is judged by auth-service", async () => {
  service = await serve(environment);
  expect((await ask("/api/v1/orders", { headers: {} })).status).toBe(401);
  auth.failWith(503);
  const { status } = await ask("/api/v1/orders");
  auth.failWith(undefined);
  expect(status).toBe(503);
});

test("a request that was begun is answered while the service stops, and the port is free afterwards", async () => {
  service = await serve(environment);
  const { port } = new URL(service.url);
  const answered = new Promise<string>((resolve) => {
    let text = "";
    const socket = connect(Number(port), "127.0.0.1", () => {
      socket.write(
        "POST /api/v1/notes HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{",
      );
    });
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("close", () => resolve(text));
    service?.app.server.once("request", () => {
      const stopping = service?.stop();
      socket.write("}");
      return stopping;
    });
  });
  expect(await answered).toMatch(/^HTTP\/1.1 200 OK[\s\S]*"orderId"/);
  await service.stop();

  const another = createServer().listen(Number(port), "127.0.0.1");
  await new Promise((resolve) => another.once("listening", resolve));
  await new Promise((resolve) => another.close(resolve));
});

describe("a service does not start, and leaves nothing open", () => {
  test("without its port", async () => {
    service = await serve(environment);
    const second = serve({ ...environment, PORT: new URL(service.url).port });
    await expect(second).rejects.toThrow(EnvironmentError);
    await expect(second).rejects.toThrow("somebody else listens there");
  });

  test("with an address that this machine does not have", async () => {
    await expect(serve({ ...environment, HOST: "192.0.2.1" })).rejects.toThrow(
      "this machine has no such address",
    );
  });

  test("with handlers that its contract does not know", async () => {
    let stopped = 0;
    const background = [
      {
        stop: async () => {
          stopped++;
        },
      },
    ];
    const build = async () => ({ handlers: {}, background });
    const starting = startService({
      name: "order-service",
      environment,
      folder: orderService,
      migrations: [],
      build,
    });
    await expect(starting).rejects.toThrow(ContractMismatch);
    expect(stopped).toBe(1);
  });

  test("without a variable", async () => {
    await expect(serve({ ...environment, DATABASE_URL: undefined })).rejects.toThrow(
      "DATABASE_URL is missing.",
    );
  });
});
