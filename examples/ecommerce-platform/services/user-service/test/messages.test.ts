import { type Bus, type Envelope, startRelay } from "@speckit/service-kit";
import { silentLog, testBus, testMetrics } from "@speckit/service-kit/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type App, openApp } from "./support/app.ts";
import { adasNames, contracts, openUsers, type Users } from "./support/users.ts";

const soon = { timeout: 20_000, interval: 20 };
let users: Users;
let app: App;
let bus: Bus;
let received: Envelope[] = [];
let relay: { stop(): Promise<void> };
beforeAll(async () => {
  users = await openUsers();
  app = await openApp(users);
  bus = await testBus({ topology: contracts.topology });
  for (const consumer of ["order-service", "notification-service"]) {
    const handle = async ({ body }: { body: object }) => void received.push(body as Envelope);
    await bus.subscribe({ consumer, concurrency: 1, handle });
  }
});
afterAll(async () => {
  await bus.close();
  await app.close();
  await users.close();
});
beforeEach(async () => {
  await users.empty();
  received = [];
});
afterEach(() => relay.stop());

function startRelayOn(through: Pick<Bus, "publish">): void {
  relay = startRelay({
    database: users.database,
    bus: through,
    service: "user-service",
    log: silentLog(),
    metrics: testMetrics(),
  });
}

const create = () => app.send({ method: "POST", url: "/api/v1/users", body: adasNames });

test("Failure mode: Message bus down: profiles are created, and their events go out when the bus is back", async () => {
  let isDown = true;
  let refusals = 0;
  startRelayOn({
    async publish(messages) {
      if (isDown) {
        refusals++;
        throw new Error("The bus does not answer.");
      }
      await bus.publish(messages);
    },
  });
  expect((await create()).status).toBe(201);
  await vi.waitFor(() => expect(refusals).toBeGreaterThan(0), soon);
  expect(received).toEqual([]);

  isDown = false;
  // One for each of its consumers.
  await vi.waitFor(() => expect(received).toHaveLength(2), soon);
  expect(received.map(({ eventType }) => eventType)).toEqual([
    "user.profile.created",
    "user.profile.created",
  ]);
});

test("Failure mode: Crash after a change: the event was stored with it, and goes out after the restart", async () => {
  await create();
  expect(received).toEqual([]);
  expect(await users.told()).toHaveLength(1);
  startRelayOn(bus);
  await vi.waitFor(() => expect(received).toHaveLength(2), soon);
  await vi.waitFor(async () => expect(await users.told()).toEqual([]), soon);
});
