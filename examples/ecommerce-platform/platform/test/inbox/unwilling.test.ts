import { expect, test } from "vitest";
import { messagesOf, openInbox } from "./open-inbox.ts";
import { deliver, letter } from "./smtp-client.ts";

test.each([
  { refuse: "temporary", answer: "451" },
  { refuse: "permanent", answer: "550" },
] as const)("told to refuse ($refuse), it answers $answer and keeps nothing", async ({ refuse, answer }) => {
  const inbox = await openInbox();
  inbox.behave({ refuse });

  expect(await deliver(inbox.smtpUrl, { raw: letter() })).toEqual([answer]);
  expect((await messagesOf(inbox)).total).toBe(0);

  inbox.behave({});
  expect(await deliver(inbox.smtpUrl, { raw: letter() })).toEqual(["250"]);
});

test("told to be slow, it has the mail and answers late", async () => {
  const inbox = await openInbox({ behaviour: { answerDelayMs: 60_000 } });
  const answer = deliver(inbox.smtpUrl, { raw: letter() });

  await expect.poll(async () => (await messagesOf(inbox)).total, { timeout: 40_000 }).toBe(1);
  const still = await Promise.race([answer, fetch(inbox.url).then(() => "no answer yet")]);
  expect(still).toBe("no answer yet");

  await inbox.stop();
  expect([["421"], ["hung up"]]).toContainEqual(await answer);
});
