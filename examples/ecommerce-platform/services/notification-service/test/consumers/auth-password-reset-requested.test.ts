import { expect, test } from "vitest";
import { eventOf, openNotifications, resetId, resetToken } from "../support/notifications.ts";

test("P5: Password Reset Mail is queued with its token, and the log's subject does not show it", async () => {
  const { receive, mails } = await openNotifications();
  await receive(eventOf("auth.password-reset.requested"));

  expect(await mails()).toMatchObject([
    {
      template: "password-reset",
      recipient: "ada@example.com",
      subject: "Reset your password",
      content: { resetId, resetToken },
    },
  ]);
});

test("P5: Password Reset Mail: nothing is queued once the token has expired", async () => {
  const { receive, mails } = await openNotifications({ now: new Date("2099-11-23T10:40:00Z") });
  await receive(eventOf("auth.password-reset.requested"));

  expect(await mails()).toEqual([]);
});

test("Idempotency: auth.password-reset.requested: one mail per resetId", async () => {
  const { receive, mails } = await openNotifications();
  const requested = eventOf("auth.password-reset.requested");
  await receive(requested, requested, eventOf("auth.password-reset.requested"));
  expect(await mails()).toHaveLength(1);

  const another = "1d9c7c1e-6f0b-4c7e-8a55-1b9d6c0f2e11";
  await receive(eventOf("auth.password-reset.requested", { resetId: another }));
  expect(await mails()).toHaveLength(2);
});
