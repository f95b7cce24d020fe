import { type Bus, openBus } from "@speckit/service-kit";
import {
  type FakeAuth,
  fakeAuth,
  freshDatabase,
  type Severable,
  severable,
  silentLog,
  testMetrics,
} from "@speckit/service-kit/testing";
import { onTestFinished } from "vitest";
import { startMailServer, type TestMailServer } from "./mail-server.ts";
import { contracts, type eventOf } from "./notifications.ts";

/** Everything that the service needs, with ways to cut, and its environment. */
export interface Servers {
  readonly environment: Record<string, string>;
  readonly mailServer: TestMailServer;
  readonly auth: FakeAuth;
  readonly database: Severable;
  readonly busDatabase: Severable;
  readonly bus: Bus;
  publish(event: ReturnType<typeof eventOf>): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const [data, messages] = [await freshDatabase(), await freshDatabase()];
  const database = await severable(data.url);
  const busDatabase = await severable(messages.url);
  onTestFinished(async () => {
    await Promise.all([database.close(), busDatabase.close()]);
    await Promise.all([data.drop(), messages.drop()]);
  });
  const auth = await fakeAuth();
  onTestFinished(() => auth.close());
  const mailServer = await startMailServer();
  const bus = await openBus({
    url: messages.url,
    topology: contracts.topology,
    log: silentLog(),
    metrics: testMetrics(),
  });
  onTestFinished(() => bus.close());

  return {
    environment: {
      DATABASE_URL: database.url,
      BUS_DATABASE_URL: busDatabase.url,
      AUTH_URL: auth.url,
      SMTP_URL: mailServer.url,
      MAIL_FROM: "The shop <shop@example.com>",
      LOG_LEVEL: "silent",
    },
    mailServer,
    auth,
    database,
    busDatabase,
    bus,
    publish: (event) =>
      bus.publish([{ id: event.eventId, topic: `events.${event.eventType}`, body: event, headers: {} }]),
  };
}
