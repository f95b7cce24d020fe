import { describe, expect, test } from "vitest";
import { openApp } from "../support/log-app.ts";
import { ada, eventOf, grace, openNotifications, orderId } from "../support/notifications.ts";

const graceOrder = "8c1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";

async function openLog() {
  const notifications = await openNotifications();
  await notifications.receive(eventOf("user.profile.created"));
  await notifications.letTimePass(60);
  await notifications.receive(eventOf("order.rejected"));
  await notifications.letTimePass(60);
  await notifications.receive(
    eventOf("order.cancelled", { orderId: graceOrder, userId: grace, customerEmail: "grace@example.com" }),
  );
  const { app, auth } = await openApp(notifications.database);
  const list = async (query: string, claims: Parameters<typeof auth.bearer>[0] = { userId: ada }) => {
    const url = `/api/v1/notifications${query}`;
    const answer = await app.inject({ url, headers: await auth.bearer(claims) });
    return { status: answer.statusCode, type: answer.headers["content-type"], body: answer.json() };
  };
  return { ...notifications, auth, list };
}

const administrator = { userId: "00000000-0000-4000-8000-000000000001", roles: ["administrator"] };

describe("P8: Mail Log", () => {
  test.each([
    { who: "a user", claims: { userId: ada }, query: "", templates: ["order-rejected", "welcome"] },
    { who: "another user", claims: { userId: grace }, query: "", templates: ["order-cancelled"] },
    {
      who: "an administrator",
      claims: administrator,
      query: "",
      templates: ["order-cancelled", "order-rejected", "welcome"],
    },
    {
      who: "a user about an order",
      claims: { userId: ada },
      query: `?orderId=${orderId}`,
      templates: ["order-rejected"],
    },
    {
      who: "a user about somebody else's order",
      claims: { userId: ada },
      query: `?orderId=${graceOrder}`,
      templates: [],
    },
    {
      who: "a user about welcomes",
      claims: { userId: ada },
      query: "?template=welcome",
      templates: ["welcome"],
    },
  ])("$who lists $templates", async ({ claims, query, templates }) => {
    const { list } = await openLog();
    const { status, body } = await list(query, claims);
    expect(status).toBe(200);
    expect(body.data.map(({ template }: { template: string }) => template)).toEqual(templates);
    expect(body.meta).toEqual({ requestId: expect.any(String), nextCursor: null });
  });

  test("an entry shows template, recipient, subject, state and times, and nothing else", async () => {
    const { list } = await openLog();
    const { body } = await list("?template=order-rejected");
    expect(body.data).toEqual([
      {
        notificationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        userId: ada,
        orderId,
        template: "order-rejected",
        recipient: "ada@example.com",
        subject: `Order ${orderId} rejected`,
        status: "queued",
        attempts: 0,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        sentAt: null,
      },
    ]);
  });

  test("pages follow one another to the end", async () => {
    const { list } = await openLog();
    const templates = [];
    let query = "?limit=2";
    for (;;) {
      const { body } = await list(query, administrator);
      templates.push(body.data.map(({ template }: { template: string }) => template));
      if (body.meta.nextCursor === null) break;
      query = `?limit=2&cursor=${body.meta.nextCursor}`;
    }
    expect(templates).toEqual([["order-cancelled", "order-rejected"], ["welcome"]]);
  });

  test("a cursor of somebody else shows nothing of theirs", async () => {
    const { list } = await openLog();
    const { body } = await list("?limit=1", administrator);
    const mine = await list(`?cursor=${body.meta.nextCursor}`, { userId: ada });
    expect(mine.body.data.map(({ userId }: { userId: string }) => userId)).toEqual([ada, ada]);
  });
});

test.each([
  { query: "?limit=0" },
  { query: "?limit=101" },
  { query: "?limit=all" },
  { query: "?orderId=7b1e" },
  { query: "?template=advert" },
  { query: "?cursor=bm9uZQ" },
  { query: `?cursor=${Buffer.from('["yesterday","7b1e"]').toString("base64url")}` },
])("$query answers 400", async ({ query }) => {
  const { list } = await openLog();
  expect(await list(query)).toMatchObject({
    status: 400,
    type: expect.stringContaining("application/problem+json"),
  });
});

test("without a token that holds it answers 401, and asks again each time", async () => {
  const { list, auth } = await openLog();
  expect((await list("", { expiresInSeconds: -1 })).status).toBe(401);
  expect((await list("", { audience: "another-shop" })).status).toBe(401);

  const before = auth.calls.validate;
  await list("");
  await list("");
  expect(auth.calls.validate).toBe(before + 2);
});

test("roles are those that hold now: one who was an administrator sees their own only", async () => {
  const { list, auth } = await openLog();
  auth.setRoles(ada, ["customer"]);
  const { body } = await list("", { userId: ada, roles: ["administrator"] });
  expect(body.data).toHaveLength(2);
});

test("auth-service away: the log answers 503", async () => {
  const { list, auth } = await openLog();
  await list(""); // the keys are known
  auth.failWith(500);
  expect(await list("")).toMatchObject({ status: 503, body: { type: "/problems/service-unavailable" } });
});
