import { type Bus, startConsumers } from "@speckit/service-kit";
import { testBus, testMetrics } from "@speckit/service-kit/testing";
import { sql } from "kysely";
import { describe, expect, onTestFinished, test } from "vitest";
import { notificationConsumers } from "../src/app.ts";
import { eventually } from "./support/eventually.ts";
import { heardLog } from "./support/heard-log.ts";
import {
  contracts,
  type EventType,
  eventOf,
  openNotifications,
  resetToken,
} from "./support/notifications.ts";

/** The consumers on a bus, with short pauses between tries. */
async function openMessages() {
  const notifications = await openNotifications();
  const bus = await testBus({ topology: contracts.topology, retryDelaysMs: [20, 20, 20] });
  const { log, lines } = heardLog();
  const receiving = await startConsumers({
    service: "notification-service",
    database: notifications.database,
    bus,
    contracts,
    consumers: notificationConsumers({ clock: () => new Date() }),
    log,
    metrics: testMetrics(),
  });
  onTestFinished(async () => {
    await receiving.stop();
    await bus.close();
  });
  return { ...notifications, bus, lines };
}

const publish = (bus: Bus, event: ReturnType<typeof eventOf>) =>
  bus.publish([{ id: event.eventId, topic: `events.${event.eventType}`, body: event, headers: {} }]);

const dead = (bus: Bus) => bus.deadLetters.list("notification-service");

describe.each<{ title: string; eventType: EventType }>([
  { title: "Error handling: user.profile.created", eventType: "user.profile.created" },
  { title: "Error handling: order.created", eventType: "order.created" },
  { title: "Error handling: order.confirmed", eventType: "order.confirmed" },
  { title: "Error handling: order.rejected", eventType: "order.rejected" },
  { title: "Error handling: order.cancelled", eventType: "order.cancelled" },
  { title: "Error handling: auth.password-reset.requested", eventType: "auth.password-reset.requested" },
])("$title", ({ eventType }) => {
  test("what cannot be processed is tried 3 more times, then goes to the dead-letter queue", async () => {
    const { bus, database } = await openMessages();
    await sql`ALTER TABLE email_log RENAME TO away`.execute(database.db);
    await sql`ALTER TABLE order_summaries RENAME TO away_too`.execute(database.db);
    const event = eventOf(eventType);
    await publish(bus, event);

    await eventually(async () => (await dead(bus)).length).toBe(1);
    expect(await dead(bus)).toMatchObject([{ id: event.eventId, attempts: 4 }]);
  });

  test("Failure mode: Poison message: what does not match its contract goes there at once, and is not logged", async () => {
    const { bus, lines, mails } = await openMessages();
    const event = eventOf(eventType, { userId: "ada-s-secret-name", resetToken: 1, orderId: 1 });
    await publish(bus, event);

    await eventually(async () => (await dead(bus)).length).toBe(1);
    const [letter] = await dead(bus);
    expect(letter).toMatchObject({
      id: event.eventId,
      attempts: 1,
      reason: expect.stringContaining(eventType),
    });
    expect(letter?.reason).not.toContain("ada-s-secret-name");
    expect(lines.join("")).not.toContain("ada-s-secret-name");
    expect(await mails()).toEqual([]);
  });
});

test("a dead letter has its effect when it is replayed", async () => {
  const { bus, database, mails } = await openMessages();
  await sql`ALTER TABLE email_log RENAME TO away`.execute(database.db);
  await publish(bus, eventOf("order.rejected"));
  await eventually(async () => (await dead(bus)).length).toBe(1);

  await sql`ALTER TABLE away RENAME TO email_log`.execute(database.db);
  await bus.deadLetters.replay("notification-service");
  await eventually(async () => (await mails()).length).toBe(1);
});

test("Failure mode: Event delivered twice: the second delivery changes nothing", async () => {
  const { bus, mails, database } = await openMessages();
  const event = eventOf("order.confirmed");
  await publish(bus, event);
  await publish(bus, event);
  await publish(bus, eventOf("user.profile.created"));

  const inbox = async () => (await sql`SELECT FROM inbox`.execute(database.db)).rows.length;
  await eventually(inbox).toBe(2);
  expect((await mails()).map(({ template }) => template).sort()).toEqual(["order-confirmed", "welcome"]);
  expect(await dead(bus)).toEqual([]);
});

test("a token is in no log, whether its event is handled or fails", async () => {
  const { bus, lines, mails, database } = await openMessages();
  await publish(bus, eventOf("auth.password-reset.requested"));
  await eventually(async () => (await mails()).length).toBe(1);
  await sql`ALTER TABLE email_log ADD CHECK (template <> 'password-reset') NOT VALID`.execute(database.db);
  await publish(
    bus,
    eventOf("auth.password-reset.requested", { resetId: "1d9c7c1e-6f0b-4c7e-8a55-1b9d6c0f2e11" }),
  );
  await eventually(async () => (await dead(bus)).length).toBe(1);

  expect(lines.length).toBeGreaterThan(0);
  for (const secret of [resetToken, "ada@example.com"]) expect(lines.join("")).not.toContain(secret);
});
