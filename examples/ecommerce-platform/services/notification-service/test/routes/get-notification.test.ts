import { describe, expect, test } from "vitest";
import { findEntry, listEntries } from "../../src/store/email-log.ts";
import { openApp } from "../support/log-app.ts";
import { ada, eventOf, grace, openNotifications, orderId, resetToken } from "../support/notifications.ts";

async function openLog() {
  const notifications = await openNotifications();
  await notifications.receive(eventOf("auth.password-reset.requested"));
  const { db } = notifications.database;
  const [entry] = await listEntries(db, {
    userId: ada,
    orderId: undefined,
    template: undefined,
    after: undefined,
    limit: 1,
  });
  const { app, auth } = await openApp(notifications.database);
  const read = async (id: string, claims: Parameters<typeof auth.bearer>[0]) =>
    app.inject({ url: `/api/v1/notifications/${id}`, headers: await auth.bearer(claims) });
  return { db, read, id: entry?.notificationId ?? "" };
}

describe("P8: Mail Log", () => {
  test.each([
    { who: "its recipient", claims: { userId: ada }, status: 200 },
    { who: "an administrator", claims: { userId: grace, roles: ["administrator"] }, status: 200 },
    { who: "somebody else", claims: { userId: grace }, status: 404 },
  ])("$who gets $status", async ({ claims, status }) => {
    const { read, id } = await openLog();
    expect((await read(id, claims)).statusCode).toBe(status);
  });

  test("somebody else's mail answers as one that is not there", async () => {
    const { read, id } = await openLog();
    const answers = [await read(id, { userId: grace }), await read(orderId, { userId: grace })];
    const [theirs, none] = answers.map((answer) => {
      const { instance: _, requestId: __, ...problem } = answer.json();
      return problem;
    });
    expect(theirs).toEqual(none);
  });

  test.each([
    "7b1e",
    "7B1E4C92-2f4d-4b0a-8e6f-1a2b3c4d5e6g",
    "1%20OR%201=1",
    "%00",
  ])("%s answers 404", async (id) => {
    const { read } = await openLog();
    expect((await read(id, { userId: ada })).statusCode).toBe(404);
  });

  test("an entry is shown as it is kept, without the text of the mail", async () => {
    const { db, read, id } = await openLog();
    const answer = await read(id, { userId: ada });
    const { createdAt, ...entry } = (await findEntry(db, id)) ?? {};
    expect(answer.json().data).toEqual({ ...entry, createdAt: createdAt?.toISOString() });
    expect(answer.body).not.toContain(resetToken);
  });
});
