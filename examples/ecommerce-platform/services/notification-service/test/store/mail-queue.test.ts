import { expect, test } from "vitest";
import { countQueued, giveUpLate, keepHold, noteOutcomes, takeDue } from "../../src/store/mail-queue.ts";
import { eventOf, openNotifications, orderId, resetToken } from "../support/notifications.ts";

const order = (n: number) => orderId.replace(/^../, String(n + 10));

async function openQueue(mails: number) {
  const notifications = await openNotifications();
  for (let n = 0; n < mails; n += 1) {
    await notifications.receive(eventOf("order.rejected", { orderId: order(n) }));
  }
  return { ...notifications, db: notifications.database.db };
}

test("what is due longest is taken first, with its try counted", async () => {
  const { db, mails } = await openQueue(3);
  const taken = await takeDue(db, 2);

  expect(taken.map(({ mailKey, attempts }) => [mailKey, attempts])).toEqual([
    [`order-rejected.${order(0)}`, 1],
    [`order-rejected.${order(1)}`, 1],
  ]);
  expect((await mails()).map(({ attempts }) => attempts)).toEqual([1, 1, 0]);
});

test("Failure mode: Two senders at once: each takes the mails that the others did not", async () => {
  const { db } = await openQueue(40);
  const taken = await Promise.all(Array.from({ length: 8 }, () => takeDue(db, 10)));

  const keys = taken.flat().map(({ mailKey }) => mailKey);
  expect(keys).toHaveLength(40);
  expect(new Set(keys).size).toBe(40);
});

test("a taken mail is another's only when its holder has not been heard of", async () => {
  const { db, letTimePass } = await openQueue(1);
  const [mail] = await takeDue(db, 1);

  await letTimePass(3);
  expect(await takeDue(db, 1)).toEqual([]);
  await keepHold(db, [mail?.notificationId ?? ""]);
  await letTimePass(3);
  expect(await takeDue(db, 1)).toEqual([]);
  await letTimePass(3);
  expect(await takeDue(db, 1)).toMatchObject([{ notificationId: mail?.notificationId, attempts: 2 }]);
});

test("a sender does not take again what it is at work on, however late it says so", async () => {
  const { db, letTimePass } = await openQueue(2);
  const [mail] = await takeDue(db, 1);
  const underWay = [mail?.notificationId ?? ""];

  await letTimePass(60);
  expect(await takeDue(db, 10, underWay)).toMatchObject([{ mailKey: `order-rejected.${order(1)}` }]);
  expect(await takeDue(db, 10)).toMatchObject([{ notificationId: mail?.notificationId, attempts: 2 }]);
});

test("outcomes are noted together, and the text of what is done with is erased", async () => {
  const { db, mails } = await openQueue(3);
  const [sent, refused, slow] = (await takeDue(db, 3)).map(({ notificationId }) => notificationId);
  await noteOutcomes(db, [
    { notificationId: sent ?? "", kind: "sent" },
    { notificationId: refused ?? "", kind: "given-up" },
    { notificationId: slow ?? "", kind: "again", pauseMs: 90_000 },
  ]);

  const noted = await mails();
  expect(noted).toMatchObject([
    { status: "sent", content: null, sent_at: expect.any(Date) },
    { status: "failed", content: null, sent_at: null },
    { status: "queued", content: { reason: "insufficient-stock" }, sent_at: null },
  ]);
  expect(noted[2]?.due_in).toBeGreaterThan(80);
  expect(await countQueued(db)).toBe(1);
});

test("an outcome that comes after another sender's changes nothing", async () => {
  const { db, mails } = await openQueue(1);
  const notificationId = (await takeDue(db, 1))[0]?.notificationId ?? "";
  await noteOutcomes(db, [{ notificationId, kind: "sent" }]);
  await noteOutcomes(db, [{ notificationId, kind: "again", pauseMs: 1_000 }]);
  await keepHold(db, [notificationId]);

  expect(await mails()).toMatchObject([{ status: "sent", content: null }]);
});

test("P5: Password Reset Mail: a token is erased when its time is over, though no server was there to take it", async () => {
  const { receive, mails, letTimePass, database } = await openNotifications();
  const expiresAt = new Date(Date.now() + 30 * 60_000).toISOString();
  await receive(eventOf("auth.password-reset.requested", { expiresAt }), eventOf("order.rejected"));
  expect(await giveUpLate(database.db)).toBe(0);

  await letTimePass(31 * 60);
  expect(await takeDue(database.db, 10)).toMatchObject([{ content: { template: "order-rejected" } }]);
  expect(await giveUpLate(database.db)).toBe(1);
  const given = (await mails()).find(({ template }) => template === "password-reset");
  expect(given).toMatchObject({ status: "failed", content: null });
  expect(JSON.stringify(await mails())).not.toContain(resetToken);
});

test("a confirmation comes with the lines of its order, other mails without", async () => {
  const { db, receive } = await openQueue(0);
  await receive(eventOf("order.created"), eventOf("order.confirmed"), eventOf("order.cancelled"));

  const taken = await takeDue(db, 10);
  expect(taken.map(({ mailKey, summary }) => [mailKey, summary?.totalAmount]).sort()).toEqual([
    [`order-cancelled.${orderId}`, undefined],
    [`order-confirmed.${orderId}`, 2450],
  ]);
});
