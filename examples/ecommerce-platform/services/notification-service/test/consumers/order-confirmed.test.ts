import { expect, test } from "vitest";
import { noteOutcomes, stopWaiting, takeDue } from "../../src/store/mail-queue.ts";
import { eventOf, openNotifications, orderId } from "../support/notifications.ts";

test("P2: Order Confirmation Mail is due at once when the lines are known", async () => {
  const { receive, mails } = await openNotifications();
  await receive(eventOf("order.created"), eventOf("order.confirmed"));

  const [mail] = await mails();
  expect(mail).toMatchObject({
    template: "order-confirmed",
    recipient: "ada@example.com",
    subject: `Order ${orderId} confirmed`,
    order_id: orderId,
  });
  expect(mail?.due_in).toBeLessThanOrEqual(0);
});

test("P2: Order Confirmation Mail waits up to 60 seconds for the lines when the events arrive in another order", async () => {
  const { receive, mails, database } = await openNotifications();
  await receive(eventOf("order.confirmed"));
  await stopWaiting(database.db);
  const [waiting] = await mails();
  expect(waiting?.due_in).toBeGreaterThan(50);
  expect(waiting?.due_in).toBeLessThanOrEqual(60);

  await receive(eventOf("order.created"));
  await stopWaiting(database.db);
  const [due] = await mails();
  expect(due?.due_in).toBeLessThanOrEqual(0);
});

test("lines and confirmation that arrive at the same moment find each other", async () => {
  const { receive, mails, database } = await openNotifications();
  const ids = Array.from({ length: 20 }, (_, n) => orderId.replace(/^../, String(n + 10)));
  await Promise.all(
    ids.flatMap((id) => [
      receive(eventOf("order.created", { orderId: id })),
      receive(eventOf("order.confirmed", { orderId: id })),
    ]),
  );

  await stopWaiting(database.db);
  const all = await mails();
  expect(all).toHaveLength(ids.length);
  expect(all.filter(({ due_in }) => due_in > 0)).toEqual([]);
});

test("a confirmation that was tried and failed keeps its pause, though its lines are known", async () => {
  const { receive, mails, database } = await openNotifications();
  await receive(eventOf("order.created"), eventOf("order.confirmed"));
  const [taken] = await takeDue(database.db, 1);
  await noteOutcomes(database.db, [
    { notificationId: taken?.notificationId ?? "", kind: "again", pauseMs: 90_000 },
  ]);
  await stopWaiting(database.db);

  expect((await mails())[0]?.due_in).toBeGreaterThan(60);
});

test("Idempotency: order.confirmed: one mail per orderId and template", async () => {
  const { receive, mails } = await openNotifications();
  const confirmed = eventOf("order.confirmed");
  await receive(confirmed, confirmed, eventOf("order.confirmed", { customerEmail: "other@example.com" }));

  expect((await mails()).map(({ recipient }) => recipient)).toEqual(["ada@example.com"]);
});

test("P6: Repeated Delivery: two deliveries at once make one mail", async () => {
  const { receive, mails } = await openNotifications();
  const confirmed = eventOf("order.confirmed");
  await Promise.all([receive(confirmed), receive(confirmed), receive(confirmed)]);

  expect(await mails()).toHaveLength(1);
});
