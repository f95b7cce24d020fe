import { describe, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { eventOf, orderId } from "./support/notifications.ts";
import { startProcess } from "./support/process.ts";
import { startServers } from "./support/servers.ts";

test("the process starts with its environment and ends with 0 on SIGTERM, what it began being finished", async () => {
  const { environment, publish, mailServer } = await startServers();
  const service = startProcess(environment);
  const url = await service.ready;
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  await publish(eventOf("order.rejected"));
  await eventually(() => mailServer.mails.length).toBe(1);

  service.signal("SIGTERM");
  expect(await service.ended).toBe(0);
  await expect(fetch(url)).rejects.toThrow();
});

test("a missing variable is said in one line, and the process ends with 2", async () => {
  const service = startProcess({ AUTH_URL: "http://127.0.0.1:1", SMTP_URL: "smtp://127.0.0.1:1" });
  expect(await service.ended).toBe(2);
  expect(service.errors()).toBe("MAIL_FROM is missing.\n");
});

describe("Failure mode: Crash between sending and noting it", () => {
  test.each([
    { point: "mail.before-send", deliveries: 1 },
    { point: "mail.after-send", deliveries: 2 },
    { point: "mail.after-note", deliveries: 1 },
  ])("killed at $point, the mail is delivered $deliveries times with one Message-ID", async ({
    point,
    deliveries,
  }) => {
    const { environment, publish, mailServer } = await startServers();
    const first = startProcess({ ...environment, FAULTS: "on" });
    await first.ready;
    first.arm(`notification-service/${point}`);
    await publish(eventOf("order.created"));
    await publish(eventOf("order.confirmed"));
    expect(await first.ended).toBe("SIGKILL");

    const second = startProcess(environment);
    await second.ready;
    // What comes after shows that nothing more is to come of the first.
    await publish(eventOf("user.profile.created"));
    const welcomed = () => mailServer.mails.some(({ parsed }) => parsed.subject === "Welcome Ada");
    await eventually(() => [welcomed(), mailServer.mails.length]).toEqual([true, deliveries + 1]);

    const confirmations = mailServer.mails.filter(({ parsed }) => parsed.subject?.startsWith("Order"));
    expect(new Set(confirmations.map(({ parsed }) => parsed.messageId))).toEqual(
      new Set([`<order-confirmed.${orderId}@example.com>`]),
    );
    second.signal("SIGTERM");
    expect(await second.ended).toBe(0);
    expect(mailServer.mails).toHaveLength(deliveries + 1);
  });
});

test("P6: Repeated Delivery: a process killed while it handles an event mails once after the restart", async () => {
  const { environment, publish, mailServer } = await startServers();
  const first = startProcess({ ...environment, FAULTS: "on" });
  await first.ready;
  first.arm("notification-service/consumer.order.rejected.after-commit");
  const event = eventOf("order.rejected");
  await publish(event);
  expect(await first.ended).toBe("SIGKILL");

  const second = startProcess(environment);
  await second.ready;
  await publish(event);
  await publish(eventOf("user.profile.created"));
  await eventually(() => mailServer.mails.map(({ parsed }) => parsed.subject).sort()).toEqual([
    `Order ${orderId} rejected`,
    "Welcome Ada",
  ]);
});
