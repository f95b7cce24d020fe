import { expect, test } from "vitest";
import { eventOf, openNotifications, orderId } from "../support/notifications.ts";

test("P4: Order Cancellation Mail is queued with its reason", async () => {
  const { receive, mails } = await openNotifications();
  await receive(eventOf("order.cancelled", { reason: "stock-lost" }));

  expect(await mails()).toMatchObject([
    {
      template: "order-cancelled",
      recipient: "ada@example.com",
      subject: `Order ${orderId} cancelled`,
      content: { reason: "stock-lost" },
    },
  ]);
});

test("an order that was confirmed and then lost its stock gets a mail for each", async () => {
  const { receive, mails } = await openNotifications();
  await receive(
    eventOf("order.created"),
    eventOf("order.confirmed"),
    eventOf("order.cancelled", { reason: "stock-lost" }),
  );

  expect((await mails()).map(({ template }) => template).sort()).toEqual([
    "order-cancelled",
    "order-confirmed",
  ]);
});

test("Idempotency: order.cancelled: one mail per orderId and template", async () => {
  const { receive, mails } = await openNotifications();
  const cancelled = eventOf("order.cancelled");
  await receive(cancelled, cancelled, eventOf("order.cancelled", { reason: "stock-lost" }));

  expect(await mails()).toHaveLength(1);
});
