import { expect, test } from "vitest";
import { eventOf, openNotifications, orderId } from "../support/notifications.ts";

test("P3: Order Rejection Mail is queued with its reason", async () => {
  const { receive, mails } = await openNotifications();
  await receive(eventOf("order.created"), eventOf("order.rejected", { reason: "unknown-sku" }));

  expect(await mails()).toMatchObject([
    {
      template: "order-rejected",
      recipient: "ada@example.com",
      subject: `Order ${orderId} rejected`,
      content: { reason: "unknown-sku" },
    },
  ]);
});

test("Failure mode: Order rejected before it was announced: the mail needs no lines and is due at once", async () => {
  const { receive, mails } = await openNotifications();
  await receive(eventOf("order.rejected"));

  const [mail] = await mails();
  expect(mail?.due_in).toBeLessThanOrEqual(0);
});

test("Idempotency: order.rejected: one mail per orderId and template", async () => {
  const { receive, mails } = await openNotifications();
  const rejected = eventOf("order.rejected");
  await receive(rejected, rejected, eventOf("order.rejected", { reason: "unknown-sku" }));

  expect((await mails()).map(({ content }) => content)).toEqual([
    { template: "order-rejected", orderId, reason: "insufficient-stock" },
  ]);
});
