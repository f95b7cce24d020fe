import { type Bus, type Envelope, type Environment, openBus } from "@speckit/service-kit";
import {
  type FakeAuth,
  type FakeService,
  fakeAuth,
  fakeService,
  freshDatabase,
  severable,
  silentLog,
  testMetrics,
} from "@speckit/service-kit/testing";
import { fakeInventory } from "./fake-inventory.ts";
import { contracts } from "./shop.ts";

/** What stands around order-service when it runs by itself: databases, a bus that can be cut off, and fakes of other services. */
export interface Platform {
  readonly environment: Environment;
  readonly databaseUrl: string;
  readonly auth: FakeAuth;
  readonly inventory: FakeService;
  readonly users: FakeService;
  /** The other side of the bus. */
  readonly bus: Bus;
  cutBus(): Promise<void>;
  mendBus(): Promise<void>;
  close(): Promise<void>;
}

export async function openPlatform(): Promise<Platform> {
  const [orderDb, busDb, auth, inventory, users] = await Promise.all([
    freshDatabase(),
    freshDatabase(),
    fakeAuth(),
    fakeInventory(),
    fakeService(),
  ]);
  const way = await severable(busDb.url);
  const bus = await openBus({
    url: busDb.url,
    topology: contracts.topology,
    log: silentLog(),
    metrics: testMetrics(),
  });
  return {
    environment: {
      DATABASE_URL: orderDb.url,
      BUS_DATABASE_URL: way.url,
      AUTH_URL: auth.url,
      INVENTORY_URL: inventory.url,
      USER_URL: users.url,
      LOG_LEVEL: "silent",
    },
    databaseUrl: orderDb.url,
    auth,
    inventory,
    users,
    bus,
    cutBus: way.cut,
    mendBus: way.mend,
    async close() {
      await bus.close();
      await way.cut();
      await Promise.all([auth.close(), inventory.close(), users.close()]);
      await Promise.all([orderDb.drop(), busDb.drop()]);
    },
  };
}

/** Collects what reaches a consumer of order-service's events. */
export async function listenAs(bus: Bus, consumer: string): Promise<Envelope<Record<string, unknown>>[]> {
  const received: Envelope<Record<string, unknown>>[] = [];
  await bus.subscribe({
    consumer,
    concurrency: 1,
    async handle({ body }) {
      received.push(body as Envelope<Record<string, unknown>>);
    },
  });
  return received;
}
