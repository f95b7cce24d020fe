import { expect, test } from "vitest";
import { ada, eventOf, openNotifications } from "../support/notifications.ts";

test("P1: Welcome Mail is queued for the address of the account, not that of the profile", async () => {
  const { receive, mails } = await openNotifications();
  await receive(eventOf("user.profile.created"));

  expect(await mails()).toMatchObject([
    {
      template: "welcome",
      recipient: "ada@example.com",
      subject: "Welcome Ada",
      user_id: ada,
      order_id: null,
      status: "queued",
      attempts: 0,
    },
  ]);
});

test("Idempotency: user.profile.created: one welcome mail per userId, even if the profile is created again", async () => {
  const { receive, mails } = await openNotifications();
  const created = eventOf("user.profile.created");
  await receive(
    created,
    created,
    eventOf("user.profile.created", { firstName: "Augusta", profileVersion: 3 }),
  );

  expect((await mails()).map(({ subject }) => subject)).toEqual(["Welcome Ada"]);
});

test("P9: Hostile Content: a name that no database keeps is kept, and is no header", async () => {
  const { receive, mails } = await openNotifications();
  const firstName = "Ada\u0000\ud83d\r\nBcc: eve@example.com";
  await receive(eventOf("user.profile.created", { firstName }));

  expect(await mails()).toMatchObject([
    { subject: "Welcome Ada \uFFFD Bcc: eve@ example. com", content: { firstName } },
  ]);
});
