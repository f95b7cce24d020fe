import { type Bus, type Envelope, openBus, type RunningService, topicOf } from "@speckit/service-kit";
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
import { contracts } from "./inventory.ts";

/** inventory-service as it runs, with an auth-service of the test's, and the bus through which the test speaks and listens. */
export interface Platform {
  readonly service: RunningService;
  readonly auth: FakeAuth;
  readonly database: Severable;
  readonly bus: Bus;
  /** What the service is started with. */
  readonly environment: Record<string, string>;
  publish(...events: readonly Envelope[]): Promise<void>;
  /** The events that order-service has received from here. */
  readonly received: readonly Envelope<Record<string, unknown>>[];
  close(): Promise<void>;
}

export async function startPlatform(variables: Record<string, string> = {}): Promise<Platform> {
  const [auth, home, post] = await Promise.all([fakeAuth(), freshDatabase(), freshDatabase()]);
  const database = await severable(home.url);
  const environment = {
    DATABASE_URL: database.url,
    BUS_DATABASE_URL: post.url,
    AUTH_URL: auth.url,
    LOG_LEVEL: "silent",
    ...variables,
  };
  const service = await serve(environment);
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
    environment,
    received,
    publish: (...events) =>
      bus.publish(
        events.map((event) => ({
          id: event.eventId,
          topic: topicOf(event.eventType),
          body: event,
          headers: {},
        })),
      ),
    async close() {
      await database.mend();
      await service.stop();
      await bus.close();
      await Promise.all([auth.close(), database.close()]);
      await Promise.all([home.drop(), post.drop()]);
    },
  };
}
