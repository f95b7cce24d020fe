import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type MailServerOptions, openMailServer } from "../src/send-mail.ts";
import { eventually } from "./support/eventually.ts";
import { startMailServer } from "./support/mail-server.ts";

const from = { name: "The shop", address: "shop@example.com", domain: "example.com" };
const mail = {
  recipient: "ada@example.com",
  subject: "Welcome Ada",
  text: "Hello Ada,\n",
  html: "<p>Hello Ada,</p>",
  messageId: "<welcome.3f0c@example.com>",
};

function open(url: string, options: Partial<MailServerOptions> = {}) {
  const mailServer = openMailServer({ url, from, connections: 2, ...options });
  onTestFinished(() => mailServer.close());
  return mailServer;
}

test("a mail arrives with its texts, its sender, one recipient and its Message-ID", async () => {
  const { url, mails } = await startMailServer();
  expect(await open(url).send(mail)).toEqual({ kind: "accepted" });

  const [taken] = mails;
  expect(taken?.recipients).toEqual(["ada@example.com"]);
  expect(taken?.parsed).toMatchObject({
    subject: "Welcome Ada",
    text: "Hello Ada,\n",
    html: "<p>Hello Ada,</p>",
    messageId: "<welcome.3f0c@example.com>",
    from: { value: [{ name: "The shop", address: "shop@example.com" }] },
    to: { value: [{ name: "", address: "ada@example.com" }] },
  });
  expect(taken?.parsed.headers.get("auto-submitted")).toBe("auto-generated");
});

test("connections stay open, and are no more than asked for", async () => {
  const { url, mails, connections } = await startMailServer();
  const mailServer = open(url, { connections: 3 });
  await Promise.all(Array.from({ length: 30 }, () => mailServer.send(mail)));

  expect(mails).toHaveLength(30);
  expect(connections.most).toBeLessThanOrEqual(3);
  expect(connections.ever).toBeLessThanOrEqual(3);
});

describe("Failure mode: Mail refused for good", () => {
  test.each([
    { reply: "550 5.1.1 No such mailbox", forGood: true },
    { reply: "552 5.2.2 Mailbox full", forGood: true },
    { reply: "451 4.3.0 Try again later", forGood: false },
    { reply: "503 5.5.1 Bad sequence", forGood: false },
    { reply: "530 5.7.0 Authentication required", forGood: false },
  ] as const)("a recipient answered with $reply is refused for good: $forGood", async ({
    reply,
    forGood,
  }) => {
    const { url } = await startMailServer({ toRecipient: () => reply });
    const outcome = await open(url).send(mail);
    expect(outcome).toMatchObject({ kind: "refused", forGood });
    // What the server says may repeat the address, and is not for logs.
    expect(outcome).toHaveProperty("reason", expect.stringMatching(/^[A-Z ]+ \d{3}$/));
  });

  test.each([
    { reply: "554 5.6.0 Not wanted", forGood: true },
    { reply: "452 4.3.1 Disk full", forGood: false },
  ] as const)("a mail answered with $reply is refused for good: $forGood", async ({ reply, forGood }) => {
    const { url } = await startMailServer({ toMail: () => reply });
    expect(await open(url).send(mail)).toMatchObject({ kind: "refused", forGood });
  });
});

test("Failure mode: Mail server slow: a try ends when its time is over, and others go on", async () => {
  const server = await startMailServer({
    toMail: ({ recipients }) => (recipients.includes("slow@example.com") ? "no answer" : undefined),
  });
  const mailServer = open(server.url, { tryMs: 3_000 });
  const slow = mailServer.send({ ...mail, recipient: "slow@example.com" });
  const others = await Promise.all([mailServer.send(mail), mailServer.send(mail)]);

  expect(others).toEqual([{ kind: "accepted" }, { kind: "accepted" }]);
  expect(await slow).toMatchObject({ kind: "too-slow" });
  expect(await mailServer.send(mail)).toEqual({ kind: "accepted" });
});

test("a server that is not there is told from one that is slow or says no", async () => {
  const server = await startMailServer();
  await server.stop();
  const mailServer = open(server.url);

  expect(await mailServer.send(mail)).toMatchObject({ kind: "unreachable" });
  await expect(mailServer.check()).rejects.toThrow();

  await startMailServer({}, server.port);
  expect(await mailServer.send(mail)).toEqual({ kind: "accepted" });
  await mailServer.check();
});

test("a server that is about to close counts as away", async () => {
  const { url } = await startMailServer({ toRecipient: () => "421 4.3.2 Closing" });
  expect(await open(url).send(mail)).toMatchObject({ kind: "unreachable" });
});

test("a server that takes connections and says nothing counts as away", async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as { port: number };

  const outcome = await open(`smtp://127.0.0.1:${port}`, { tryMs: 200 }).send(mail);
  expect(outcome).toMatchObject({ kind: "unreachable" });
});

test("closing ends a try that is under way", async () => {
  const { url, connections } = await startMailServer({ toMail: () => "no answer" });
  const mailServer = open(url);
  const sent = mailServer.send(mail);
  await eventually(() => connections.now).toBe(1);
  mailServer.close();
  expect(await sent).toMatchObject({ kind: expect.stringMatching(/unreachable|too-slow/) });
});

describe("P9: Hostile Content: what slipped through is refused rather than sent", () => {
  test.each([
    { given: "a second recipient", changed: { recipient: "ada@example.com, eve@example.com" } },
    { given: "a recipient with a name", changed: { recipient: "Eve <eve@example.com>" } },
    {
      given: "a recipient with a line break",
      changed: { recipient: "ada@example.com\r\nRCPT TO:<eve@example.com>" },
    },
    { given: "a group", changed: { recipient: "all:eve@example.com;" } },
    { given: "no recipient", changed: { recipient: "" } },
    { given: "a subject of two lines", changed: { subject: "Welcome\r\nBcc: eve@example.com" } },
    { given: "a subject with NUL", changed: { subject: "Welcome\0" } },
    { given: "a Message-ID of two lines", changed: { messageId: "<a@example.com>\nBcc: eve@example.com" } },
  ])("$given", async ({ changed }) => {
    const { url, mails, connections } = await startMailServer();
    expect(await open(url).send({ ...mail, ...changed })).toMatchObject({ kind: "refused", forGood: true });
    expect([mails.length, connections.ever]).toEqual([0, 0]);
  });
});
