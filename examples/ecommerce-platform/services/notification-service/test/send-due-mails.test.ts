import { testMetrics } from "@speckit/service-kit/testing";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { startSender } from "../src/send-due-mails.ts";
import { openMailServer } from "../src/send-mail.ts";
import { eventually } from "./support/eventually.ts";
import { heardLog } from "./support/heard-log.ts";
import { type Manners, startMailServer } from "./support/mail-server.ts";
import {
  eventOf,
  type Notifications,
  openNotifications,
  orderId,
  resetToken,
} from "./support/notifications.ts";

const order = (n: number) => orderId.replace(/^..../, String(n + 1000));
const from = { name: "The shop", address: "shop@example.com", domain: "example.com" };

interface Post {
  readonly url: string;
  readonly atOnce?: number;
  readonly tryMs?: number;
}

/** A sender on the queue of `notifications`, which ends with the test. */
function send({ database }: Notifications, { url, atOnce = 5, tryMs }: Post) {
  const mailServer = openMailServer({ url, from, connections: atOnce, ...(tryMs ? { tryMs } : {}) });
  const metrics = testMetrics();
  const { log, lines } = heardLog();
  const sender = startSender({
    database,
    mailServer,
    domain: from.domain,
    atOnce,
    log,
    metrics,
  });
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= sender.stop();
    return stopped;
  };
  onTestFinished(stop);
  return { stop, metrics, lines };
}

async function rejectOrders({ receive }: Notifications, count: number) {
  for (let n = 0; n < count; n += 1) await receive(eventOf("order.rejected", { orderId: order(n) }));
}

/** The states, some seconds later than when they were asked before. */
async function soon(notifications: Notifications, seconds = 6) {
  await notifications.letTimePass(seconds);
  return statesOf(notifications);
}

const statesOf = async ({ mails }: Notifications) => (await mails()).map(({ status }) => status);

test("queued mails go out with the text that belongs to them, and are noted", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  send(notifications, server);
  await notifications.receive(
    eventOf("user.profile.created"),
    eventOf("order.created"),
    eventOf("order.confirmed"),
    eventOf("auth.password-reset.requested"),
  );

  await eventually(() => statesOf(notifications)).toEqual(["sent", "sent", "sent"]);
  const taken = new Map(server.mails.map(({ parsed }) => [parsed.subject, parsed.text]));
  expect([...taken.keys()].sort()).toEqual([
    `Order ${orderId} confirmed`,
    "Reset your password",
    "Welcome Ada",
  ]);
  expect(taken.get(`Order ${orderId} confirmed`)).toContain("3 × TEA-100 at 4.00 EUR");
  expect(taken.get("Reset your password")).toContain(resetToken);
});

test("P5: Password Reset Mail: the token is erased when the mail is sent", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  send(notifications, server);
  await notifications.receive(eventOf("auth.password-reset.requested"));

  await eventually(() => statesOf(notifications)).toEqual(["sent"]);
  const { rows } = await sql`SELECT email_log::text FROM email_log`.execute(notifications.database.db);
  expect(JSON.stringify(rows)).not.toContain(resetToken);
});

test("P2: Order Confirmation Mail: the lines come later, and are in the mail", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  send(notifications, server);
  await notifications.receive(eventOf("order.confirmed"), eventOf("order.created"));

  await eventually(() => server.mails.map(({ parsed }) => parsed.text)).toEqual([
    expect.stringContaining("3 × TEA-100 at 4.00 EUR"),
  ]);
});

test("P2: Order Confirmation Mail: the lines never come, and the mail goes without them after 60 seconds", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  send(notifications, server);
  await notifications.receive(eventOf("order.confirmed"), eventOf("order.rejected", { orderId: order(1) }));
  await eventually(() => server.mails.length).toBe(1); // the other one

  await notifications.letTimePass(61);
  await eventually(() => server.mails.map(({ parsed }) => parsed.text)).toEqual([
    expect.any(String),
    expect.stringContaining("You find its lines among your orders"),
  ]);
});

test("Failure mode: Mail server down: mails wait, and each goes out once when it is back", async () => {
  const notifications = await openNotifications();
  const before = await startMailServer();
  await before.stop();
  send(notifications, before);
  await rejectOrders(notifications, 20);
  await eventually(async () => (await notifications.mails()).some(({ attempts }) => attempts > 0)).toBe(true);
  expect(new Set(await statesOf(notifications))).toEqual(new Set(["queued"]));

  const after = await startMailServer({}, before.port);
  await eventually(() => statesOf(notifications)).toEqual(Array(20).fill("sent"));
  expect(new Set(after.mails.map(({ parsed }) => parsed.messageId)).size).toBe(20);
  expect(after.mails).toHaveLength(20);
});

test("P7: Mail Server Outage: while no server answers, one mail is tried at a time", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  await server.stop();
  const { metrics } = send(notifications, { ...server, atOnce: 1 });
  await rejectOrders(notifications, 30);

  const tried = async () => (await notifications.mails()).filter(({ attempts }) => attempts > 0).length;
  await eventually(tried).toBeGreaterThan(0);
  expect(await tried()).toBeLessThan(10);
  expect(await metrics.text()).toMatch(/mail_queue_depth\{service="test"\} 30/);
});

test("P7: Mail Server Outage: a try that failed is made again, with the same Message-ID", async () => {
  const notifications = await openNotifications();
  const seen: (string | undefined)[] = [];
  const toMail: Manners["toMail"] = ({ parsed }) => {
    seen.push(parsed.messageId);
    return seen.length < 3 ? "451 4.3.0 Try again later" : undefined;
  };
  send(notifications, await startMailServer({ toMail }));
  await rejectOrders(notifications, 1);
  await eventually(() => soon(notifications)).toEqual(["sent"]);
  expect(seen).toEqual(Array(3).fill(`<order-rejected.${order(0)}@example.com>`));
  expect((await notifications.mails())[0]?.attempts).toBe(3);
});

test("P7: Mail Server Outage: a mail is given up after 24 hours, and its text is erased", async () => {
  const notifications = await openNotifications();
  let tries = 0;
  const toMail: Manners["toMail"] = () => {
    tries += 1;
    return "451 4.3.0 Try again later";
  };
  send(notifications, await startMailServer({ toMail }));
  await rejectOrders(notifications, 1);
  await eventually(() => tries).toBe(1);
  await notifications.letTimePass(23 * 60 * 60);
  await eventually(async () => [await soon(notifications), tries > 2]).toEqual([["queued"], true]);

  await eventually(() => soon(notifications, 60)).toEqual(["failed"]);
  expect(await notifications.mails()).toMatchObject([{ content: null }]);
});

test("Failure mode: Mail refused for good: the mail is failed at once, others are not", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer({
    toRecipient: (address) => (address === "gone@example.com" ? "550 5.1.1 No such mailbox" : undefined),
  });
  send(notifications, server);
  await notifications.receive(
    eventOf("order.rejected", { customerEmail: "gone@example.com" }),
    eventOf("order.cancelled"),
  );

  await eventually(async () => (await statesOf(notifications)).sort()).toEqual(["failed", "sent"]);
  const failed = (await notifications.mails()).find(({ status }) => status === "failed");
  expect(failed).toMatchObject({ recipient: "gone@example.com", attempts: 1, content: null });
});

test("Failure mode: Mail server slow: a try ends and counts as failed, and other mails are sent meanwhile", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer({
    toMail: ({ recipients }) => (recipients.includes("slow@example.com") ? "no answer" : undefined),
  });
  send(notifications, { ...server, atOnce: 2, tryMs: 1_000 });
  await notifications.receive(eventOf("order.cancelled", { customerEmail: "slow@example.com" }));
  await eventually(async () => (await notifications.mails())[0]?.attempts).toBe(1);
  await rejectOrders(notifications, 10);

  const of = async (kind: string) =>
    (await notifications.mails()).filter(({ template }) => template === kind);
  await eventually(async () => (await of("order-rejected")).map(({ status }) => status)).toEqual(
    Array(10).fill("sent"),
  );
  await eventually(async () => (await of("order-cancelled"))[0]?.attempts).toBe(2);
  expect(await of("order-cancelled")).toMatchObject([{ status: "queued" }]);
});

test("Failure mode: Two senders at once: together they send each mail once", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  await rejectOrders(notifications, 60);
  send(notifications, { ...server, atOnce: 3 });
  send(notifications, { ...server, atOnce: 3 });
  send(notifications, { ...server, atOnce: 3 });

  await eventually(() => statesOf(notifications)).toEqual(Array(60).fill("sent"));
  expect(server.mails).toHaveLength(60);
  expect((await notifications.mails()).map(({ attempts }) => attempts)).toEqual(Array(60).fill(1));
});

test("stopping finishes what was begun", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer();
  const { stop } = send(notifications, server);
  await rejectOrders(notifications, 20);
  await eventually(() => server.mails.length).toBeGreaterThan(0);
  await stop();

  const sent = (await notifications.mails()).filter(({ status }) => status === "sent");
  expect(sent).toHaveLength(server.mails.length);
});

test("stopping does not wait for a server that does not answer", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer({ toMail: () => "no answer" });
  const { stop } = send(notifications, server);
  await rejectOrders(notifications, 1);
  await eventually(() => server.connections.now).toBe(1);
  await stop();

  expect(await notifications.mails()).toMatchObject([{ status: "queued", attempts: 1 }]);
});

test("a mail that cannot be written keeps no other from being sent", async () => {
  const notifications = await openNotifications();
  await rejectOrders(notifications, 2);
  await sql`UPDATE email_log SET content = '{"template": "of another version"}' WHERE order_id = ${order(0)}`.execute(
    notifications.database.db,
  );
  send(notifications, await startMailServer());

  await eventually(() => statesOf(notifications)).toEqual(["queued", "sent"]);
});

test("what was sent while the database was away is noted when it is back, and sent once", async () => {
  const notifications = await openNotifications();
  let answer = () => {};
  const answered = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  const server = await startMailServer({ toMail: () => answered });
  const { lines } = send(notifications, server);
  await rejectOrders(notifications, 1);
  await eventually(() => server.connections.now).toBe(1);
  await eventually(async () => (await notifications.mails())[0]?.attempts).toBe(1);

  const { db } = notifications.database;
  await sql`ALTER TABLE email_log RENAME TO away`.execute(db);
  answer();
  await eventually(() => lines.join()).toContain("the mail queue does not answer");
  await sql`ALTER TABLE away RENAME TO email_log`.execute(db);

  await eventually(() => statesOf(notifications)).toEqual(["sent"]);
  expect(server.mails).toHaveLength(1);
});

test("logs tell what was not sent and why, without addresses, names or tokens", async () => {
  const notifications = await openNotifications();
  const server = await startMailServer({ toRecipient: (address) => `550 5.1.1 <${address}> is unknown` });
  const { lines } = send(notifications, server);
  await notifications.receive(
    eventOf("user.profile.created", { firstName: "Augusta" }),
    eventOf("auth.password-reset.requested"),
  );
  await eventually(() => statesOf(notifications)).toEqual(["failed", "failed"]);

  const said = lines.join("");
  expect(said).toContain('"template":"password-reset"');
  expect(said).toContain("EENVELOPE RCPT TO 550");
  for (const secret of ["ada@example.com", "Augusta", resetToken]) expect(said).not.toContain(secret);
});
