import { on } from "node:events";
import { connect } from "node:net";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { messagesOf, openInbox } from "./open-inbox.ts";
import { callMailServer, deliver, letter } from "./smtp-client.ts";

const times = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n));

test.each([
  { given: "nothing at all", raw: "" },
  { given: "no headers", raw: "\r\nhello" },
  {
    given: "ten thousand headers",
    raw: `${times(10_000, (n) => `X-Header-${n}: v`).join("\r\n")}\r\n\r\nhello`,
  },
  {
    given: "headers beyond any measure",
    raw: `${times(60_000, (n) => `X-Header-${n}: v`).join("\r\n")}\r\n\r\nhello`,
  },
  {
    given: "a thousand recipients in a header",
    raw: `To: ${times(5_000, (n) => `a${n}@example.com`).join(",")}\r\n\r\nhello`,
  },
  { given: "a To of brackets", raw: `To: ${'(<"'.repeat(30_000)}\r\n\r\nhello` },
  {
    given: "parts in parts in parts",
    raw: times(3_000, (n) => `Content-Type: multipart/mixed; boundary="${n}"\r\n\r\n--${n}`).join("\r\n"),
  },
  {
    given: "thousands of parts",
    raw: `Content-Type: multipart/mixed; boundary="b"\r\n\r\n${"--b\r\n\r\nx\r\n".repeat(20_000)}`,
  },
  {
    given: "mails in mails",
    raw: "Content-Type: message/rfc822\r\nContent-Disposition: inline\r\n\r\n".repeat(2_000),
  },
  { given: "HTML without an end", raw: `Content-Type: text/html\r\n\r\n${"<div><table>".repeat(50_000)}` },
  {
    given: "a character set that nobody knows",
    raw: "Subject: =?x-klingon?B?/////w==?=\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\n\xff\xfe",
  },
  { given: "a boundary that is never met", raw: "Content-Type: multipart/mixed; boundary=b\r\n\r\nhello" },
  { given: "a date from nowhere", raw: "Date: 99 Foo -1 99:99\r\n\r\nhello" },
])("a mail with $given is kept and the inbox goes on", async ({ raw }) => {
  const inbox = await openInbox();

  expect(await deliver(inbox.smtpUrl, { raw })).toEqual(["250"]);

  const { messages } = await messagesOf(inbox);
  const id = messages[0]?.ID;
  for (const path of [
    "/",
    `/mails/${id}`,
    `/mails/${id}?view=source`,
    `/mails/${id}/html`,
    `/api/v1/message/${id}`,
  ]) {
    expect({ path, status: (await fetch(`${inbox.url}${path}`)).status }).toEqual({ path, status: 200 });
  }
});

test("a mail that is too large is refused for good, and the next one is taken", async () => {
  const inbox = await openInbox();
  const huge = Buffer.alloc(6 * 1024 * 1024, "hello, hello, hello\r\n");

  expect(await deliver(inbox.smtpUrl, { raw: huge }, { raw: letter() })).toEqual(["552", "250"]);
  expect((await messagesOf(inbox)).messages.map(({ Subject }) => Subject)).toEqual(["Welcome Ada"]);
});

test("a client that hangs up in the middle of a mail is no trouble of the inbox", async () => {
  const troubles: object[] = [];
  const log = { info() {}, warn: (fields: object) => void troubles.push(fields) };
  const inbox = await openInbox({ log });
  const { hostname, port } = new URL(inbox.smtpUrl);
  const socket = connect(Number(port), hostname);
  const answers = on(socket, "data");
  for (const line of ["EHLO a", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"]) {
    await answers.next();
    socket.write(`${line}\r\n`);
  }
  await answers.next();
  socket.resetAndDestroy();

  expect(await deliver(inbox.smtpUrl, { raw: letter() })).toEqual(["250"]);
  expect(troubles).toEqual([]);
  expect((await messagesOf(inbox)).total).toBe(1);
});

test("more recipients than anybody needs are refused", async () => {
  const inbox = await openInbox();
  const to = times(150, (n) => `a${n}@example.com`);
  expect(await deliver(inbox.smtpUrl, { to, raw: letter() })).toEqual(["452"]);
});

test("whatever bytes come as a mail, it can be listed and read", async () => {
  const inbox = await openInbox();
  const call = await callMailServer(inbox.smtpUrl);
  onTestFinished(() => call.hangUp());
  const words = fc.constantFrom(
    "\r\n",
    "\n",
    "\0",
    "Subject: ",
    "To: ",
    "<",
    ">",
    '"',
    "=?utf-8?B?",
    "?=",
    "--b",
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "\xff",
    "=",
    " ",
    ";",
  );
  const bytes = fc.array(fc.oneof(words, fc.string({ unit: "binary-ascii", maxLength: 8 })), {
    maxLength: 60,
  });

  await fc.assert(
    fc.asyncProperty(bytes, async (parts) => {
      expect(await call.deliver({ raw: parts.join("") })).toBe("250");
      const answer = await fetch(`${inbox.url}/api/v1/message/latest`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toHaveProperty("Text");
      expect((await messagesOf(inbox, "?limit=1")).messages).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});
