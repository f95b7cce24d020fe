import { describe, expect, test } from "vitest";
import type { MailContent, Template } from "../../src/domain/mail.ts";
import { findEntry, listEntries, queuedMail, queueMail } from "../../src/store/email-log.ts";
import { ada, grace, type Notifications, openNotifications, orderId } from "../support/notifications.ts";

const otherOrder = "8c1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
const giveUpAt = new Date("2099-11-24T10:10:00Z");

function queue({ database }: Notifications, userId: string, content: MailContent) {
  return database.transaction(async (trx) => {
    await queueMail(trx, { userId, recipient: `${userId.slice(0, 4)}@example.com`, content }, giveUpAt);
    return queuedMail(trx);
  });
}

const everything = {
  userId: undefined,
  orderId: undefined,
  template: undefined,
  after: undefined,
  limit: 100,
};

test("P6: Repeated Delivery: a second mail for one order and template is not queued", async () => {
  const notifications = await openNotifications();
  await queue(notifications, ada, { template: "order-rejected", orderId, reason: "unknown-sku" });
  await queue(notifications, ada, { template: "order-rejected", orderId, reason: "insufficient-stock" });
  await queue(notifications, ada, { template: "order-confirmed", orderId });

  const queued = await listEntries(notifications.database.db, everything);
  expect(queued.map(({ template }) => template).sort()).toEqual(["order-confirmed", "order-rejected"]);
});

test("a transaction with a mail in it is told from one without", async () => {
  const notifications = await openNotifications();
  expect(await queue(notifications, ada, { template: "welcome", firstName: "Ada" })).toBe(true);
  expect(await notifications.database.transaction(async (trx) => queuedMail(trx))).toBe(false);
});

describe("P8: Mail Log", () => {
  async function threeMails() {
    const notifications = await openNotifications();
    await queue(notifications, ada, { template: "welcome", firstName: "Ada" });
    await notifications.letTimePass(60);
    await queue(notifications, ada, { template: "order-confirmed", orderId });
    await notifications.letTimePass(60);
    await queue(notifications, grace, { template: "order-confirmed", orderId: otherOrder });
    return notifications;
  }

  test.each<{ given: object; templates: [Template, string][] }>([
    {
      given: {},
      templates: [
        ["order-confirmed", grace],
        ["order-confirmed", ada],
        ["welcome", ada],
      ],
    },
    {
      given: { userId: ada },
      templates: [
        ["order-confirmed", ada],
        ["welcome", ada],
      ],
    },
    { given: { orderId: otherOrder }, templates: [["order-confirmed", grace]] },
    { given: { userId: ada, orderId: otherOrder }, templates: [] },
    { given: { template: "welcome" }, templates: [["welcome", ada]] },
    { given: { limit: 1 }, templates: [["order-confirmed", grace]] },
  ])("$given is answered newest first", async ({ given, templates }) => {
    const { database } = await threeMails();
    const found = await listEntries(database.db, { ...everything, ...given });
    expect(found.map(({ template, userId }) => [template, userId])).toEqual(templates);
  });

  test("pages meet without a gap, also where mails are of the same moment", async () => {
    const notifications = await openNotifications();
    await notifications.database.transaction(async (trx) => {
      for (let n = 10; n < 35; n += 1) {
        const content = {
          template: "order-confirmed",
          orderId: orderId.replace(/^../, String(n)),
        } as const;
        await queueMail(trx, { userId: ada, recipient: "ada@example.com", content }, giveUpAt);
      }
    });
    const { db } = notifications.database;
    const all = await listEntries(db, everything);

    const paged = [];
    for (;;) {
      const page = await listEntries(db, { ...everything, limit: 7, after: paged.at(-1) });
      if (page.length === 0) break;
      paged.push(...page);
    }
    expect(paged).toEqual(all);
    expect(paged).toHaveLength(25);
  });

  test("an entry has everything but the text of the mail", async () => {
    const notifications = await threeMails();
    const [newest] = await listEntries(notifications.database.db, everything);
    const entry = await findEntry(notifications.database.db, newest?.notificationId ?? "");
    expect(entry).toEqual({
      notificationId: newest?.notificationId,
      userId: grace,
      orderId: otherOrder,
      template: "order-confirmed",
      recipient: "9a1b@example.com",
      subject: `Order ${otherOrder} confirmed`,
      status: "queued",
      attempts: 0,
      createdAt: expect.any(Date),
      sentAt: null,
    });
    expect(await findEntry(notifications.database.db, orderId)).toBeUndefined();
  });
});
