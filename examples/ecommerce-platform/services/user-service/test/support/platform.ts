import { type Bus, type Envelope, openBus, type RunningService } from "@speckit/service-kit";
import {
  type FakeAuth,
  fakeAuth,
  freshDatabase,
  type Severable,
  severable,
  silentLog,
  testMetrics,
} from "@speckit/service-kit/testing";
import { serve } from "../../src/service.ts";
import { contracts } from "./users.ts";

/** user-service as it runs, with an auth-service of the test's, and the bus on which the test listens as order-service. */
export interface Platform {
  readonly service: RunningService;
  readonly auth: FakeAuth;
  readonly database: Severable;
  readonly bus: Bus;
  readonly received: readonly Envelope<Record<string, unknown>>[];
  close(): Promise<void>;
}

export async function startPlatform(variables: Record<string, string> = {}): Promise<Platform> {
  const [auth, home, post] = await Promise.all([fakeAuth(), freshDatabase(), freshDatabase()]);
  const database = await severable(home.url);
  const service = await serve({
    DATABASE_URL: database.url,
    BUS_DATABASE_URL: post.url,
    AUTH_URL: auth.url,
    LOG_LEVEL: "silent",
    ...variables,
  });
  const bus = await openBus({
    url: post.url,
    topology: contracts.topology,
    log: silentLog(),
    metrics: testMetrics(),
  });
  const received: Envelope<Record<string, unknown>>[] = [];
  await bus.subscribe({
    consumer: "order-service",
    concurrency: 1,
    handle: async ({ body }) => void received.push(body as Envelope<Record<string, unknown>>),
  });
  return {
    service,
    auth,
    database,
    bus,
    received,
    async close() {
      await database.mend();
      await service.stop();
      await bus.close();
      await Promise.all([auth.close(), database.close()]);
      await Promise.all([home.drop(), post.drop()]);
    },
  };
}
