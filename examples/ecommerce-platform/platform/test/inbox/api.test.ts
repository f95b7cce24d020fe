import { expect, test } from "vitest";
import { messagesOf, openInbox } from "./open-inbox.ts";
import { deliver, letter } from "./smtp-client.ts";

test("a mail that was sent is listed as Mailpit lists it", async () => {
  const inbox = await openInbox();
  const raw = letter({ subject: "Welcome Ada", messageId: "welcome.1@example.com", text: "Hello\r\n  Ada," });

  expect(await deliver(inbox.smtpUrl, { raw })).toEqual(["250"]);

  const { total, count, start, messages } = await messagesOf(inbox);
  expect({ total, count, start }).toEqual({ total: 1, count: 1, start: 0 });
  expect(messages[0]).toMatchObject({
    ID: expect.stringMatching(/^[\w-]+$/),
    MessageID: "welcome.1@example.com",
    From: { Name: "The Shop", Address: "shop@example.com" },
    To: [{ Name: "Ada Lovelace", Address: "ada@example.com" }],
    Subject: "Welcome Ada",
    Created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    Snippet: "Hello Ada,",
    Deliveries: 1,
  });
});

test("one mail is read with its text, its HTML and its times", async () => {
  const inbox = await openInbox();
  const raw = letter({
    subject: "=?utf-8?B?QmVzdMOkdGlndW5n?=",
    text: "Grüße",
    html: "<p>Gr&uuml;&szlig;e</p>",
  });
  await deliver(inbox.smtpUrl, { raw });
  const { messages } = await messagesOf(inbox);

  for (const id of [messages[0]?.ID, "latest"]) {
    const answer = await fetch(`${inbox.url}/api/v1/message/${id}`);
    expect(await answer.json()).toMatchObject({
      ID: messages[0]?.ID,
      From: { Name: "The Shop", Address: "shop@example.com" },
      To: [{ Name: "Ada Lovelace", Address: "ada@example.com" }],
      ReturnPath: "shop@example.com",
      Subject: "Bestätigung",
      Date: "2026-11-23T10:10:02.000Z",
      Text: expect.stringContaining("Grüße"),
      HTML: "<p>Gr&uuml;&szlig;e</p>",
    });
  }
});

test("the source is what came over the wire", async () => {
  const inbox = await openInbox();
  const raw = "Subject: bytes\r\n\r\n\xe9\xff.\r\n.\r\n..\r\nend";
  await deliver(inbox.smtpUrl, { raw });

  const { messages } = await messagesOf(inbox);
  const answer = await fetch(`${inbox.url}/api/v1/message/${messages[0]?.ID}/raw`);
  expect(Buffer.from(await answer.arrayBuffer()).toString("latin1")).toBe(`${raw}\r\n`);
});

test("a recipient whom no header names is told as Bcc", async () => {
  const inbox = await openInbox();
  await deliver(inbox.smtpUrl, { to: ["ada@example.com", "eve@example.com"], raw: letter() });

  const { messages } = await messagesOf(inbox);
  expect(messages[0]?.Bcc).toEqual([{ Name: "", Address: "eve@example.com" }]);
});

test("a mail delivered twice is one mail, known by its Message-ID", async () => {
  const inbox = await openInbox();
  const confirmed = letter({
    subject: "Order 7b1e confirmed",
    messageId: "order-confirmed.7b1e@example.com",
  });
  await deliver(
    inbox.smtpUrl,
    { raw: confirmed },
    { raw: confirmed },
    { raw: letter({ subject: "Welcome", messageId: "welcome.3f0c@example.com" }) },
    { raw: letter({ subject: "without an id" }) },
    { raw: letter({ subject: "without an id" }) },
  );

  const { messages } = await messagesOf(inbox);
  expect(messages.map(({ Subject, Deliveries }) => [Subject, Deliveries])).toEqual([
    ["without an id", 1],
    ["without an id", 1],
    ["Welcome", 1],
    ["Order 7b1e confirmed", 2],
  ]);
});

test("a Message-ID that is folded over two lines, or said in the body, is no trap", async () => {
  const inbox = await openInbox();
  await deliver(
    inbox.smtpUrl,
    { raw: "Message-ID:\r\n <a@example.com>\r\n\r\nMessage-ID: <b@example.com>" },
    { raw: "Subject: none\r\n\r\nMessage-ID: <a@example.com>" },
  );

  const { messages } = await messagesOf(inbox);
  expect(messages.map(({ MessageID }) => MessageID)).toEqual(["", "a@example.com"]);
});

test.each([
  { query: "", subjects: ["4", "3", "2", "1", "0"] },
  { query: "?limit=2", subjects: ["4", "3"] },
  { query: "?start=3&limit=2", subjects: ["1", "0"] },
  { query: "?start=99", subjects: [] },
  { query: "?start=-1&limit=many", subjects: ["4", "3", "2", "1", "0"] },
])("the list with '$query' holds $subjects", async ({ query, subjects }) => {
  const inbox = await openInbox();
  await deliver(inbox.smtpUrl, ...["0", "1", "2", "3", "4"].map((subject) => ({ raw: letter({ subject }) })));

  const { total, messages } = await messagesOf(inbox, query);
  expect({ total, subjects: messages.map(({ Subject }) => Subject) }).toEqual({ total: 5, subjects });
});

test("deleting empties the inbox", async () => {
  const inbox = await openInbox();
  await deliver(inbox.smtpUrl, { raw: letter({ messageId: "a@example.com" }) });

  const answer = await fetch(`${inbox.url}/api/v1/messages`, { method: "DELETE" });

  expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
  expect(await messagesOf(inbox)).toMatchObject({ total: 0, messages: [] });
});

test.each([
  { method: "GET", path: "/api/v1/message/none" },
  { method: "GET", path: "/api/v1/message/none/raw" },
  { method: "GET", path: "/mails/none" },
  { method: "GET", path: "/mails/none/html" },
  { method: "GET", path: "/api/v2/messages" },
  { method: "GET", path: "/../etc/passwd" },
  { method: "PUT", path: "/api/v1/messages" },
])("$method $path answers 404", async ({ method, path }) => {
  const inbox = await openInbox();
  expect((await fetch(`${inbox.url}${path}`, { method })).status).toBe(404);
});
