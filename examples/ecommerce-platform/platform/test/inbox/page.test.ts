import { request } from "node:http";
import { expect, test } from "vitest";
import type { Inbox } from "../../src/inbox/start-inbox.ts";
import { messagesOf, openInbox } from "./open-inbox.ts";
import { deliver, letter } from "./smtp-client.ts";

async function pageOf(inbox: Inbox, path: string) {
  const answer = await fetch(`${inbox.url}${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function inboxWith(...letters: (Parameters<typeof letter>[0] & { envelope?: string })[]) {
  const inbox = await openInbox();
  await deliver(
    inbox.smtpUrl,
    ...letters.map(({ envelope = "ada@example.com", ...fields }) => ({ to: envelope, raw: letter(fields) })),
  );
  const { messages } = await messagesOf(inbox);
  return { inbox, id: messages[0]?.ID ?? "" };
}

test("an empty inbox says so", async () => {
  const { inbox } = await inboxWith();
  expect((await pageOf(inbox, "/")).text).toContain("No mail yet.");
});

test("the list links to each mail, and a mail is read without a script", async () => {
  const { inbox, id } = await inboxWith({ subject: "Order 7b1e confirmed", text: "3 × TEA-100" });
  const list = (await pageOf(inbox, "/")).text;
  expect(list).toContain(`href="/mails/${id}"`);
  expect(list).toContain("Order 7b1e confirmed");
  expect(list).toContain("<title>(1) Mail inbox</title>");
  expect(list).toContain('<noscript><meta http-equiv="refresh"');

  const reading = (await pageOf(inbox, `/mails/${id}`)).text;
  expect(reading).toContain('aria-current="true"');
  expect(reading).toContain('<pre class="letter" dir="auto">3 × TEA-100');
  expect(reading).not.toContain("http-equiv");
});

test("nothing in a mail becomes markup of the page", async () => {
  const evil = "<script>alert(1)</script>\"'&";
  const { inbox, id } = await inboxWith({
    subject: evil,
    to: `"${"<img src=x>"}" <ada@example.com>`,
    text: evil,
    html: evil,
  });

  for (const path of [
    "/",
    `/mails/${id}`,
    `/mails/${id}?view=text`,
    `/mails/${id}?view=source`,
    `/?to=${encodeURIComponent(evil)}`,
  ]) {
    const { text } = await pageOf(inbox, path);
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("<img");
    expect(text).toContain("&lt;");
  }
});

test("a mail in HTML is shown in a sandbox that runs and fetches nothing", async () => {
  const { inbox, id } = await inboxWith({
    html: "<script>alert(1)</script><img src=http://elsewhere.example/>",
  });

  const page = await pageOf(inbox, `/mails/${id}`);
  expect(page.text).toContain(`<iframe sandbox src="/mails/${id}/html"`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(page.headers.get("content-security-policy")).not.toContain("unsafe");

  const mail = await pageOf(inbox, `/mails/${id}/html`);
  expect(mail.text).toContain("<script>");
  const policy = mail.headers.get("content-security-policy") ?? "";
  expect(policy.split("; ")).toEqual(
    expect.arrayContaining(["sandbox", "default-src 'none'", "img-src data:"]),
  );
  expect(policy).not.toMatch(/allow-|script-src/);
});

test("the page fetches nothing from elsewhere", async () => {
  const { inbox, id } = await inboxWith({});
  for (const path of ["/", `/mails/${id}`, "/inbox.css", "/inbox.js"]) {
    const { status, text } = await pageOf(inbox, path);
    expect(status).toBe(200);
    expect(text).not.toMatch(/(?:https?:)?\/\/[a-z]+\.[a-z]/i);
  }
});

test("the list is filtered by recipient and keeps the filter when a mail is opened", async () => {
  const { inbox } = await inboxWith(
    { envelope: "ada@example.com", subject: "for Ada" },
    { envelope: "grace@example.com", subject: "for Grace" },
  );

  const { text } = await pageOf(inbox, "/?to=ADA@");
  expect(text).toContain("for Ada");
  expect(text).not.toContain("for Grace");
  expect(text).toMatch(/href="\/mails\/[\w-]+\?to=ADA%40"/);
  expect((await pageOf(inbox, "/?to=nobody")).text).toContain("No mail to <bdi>nobody</bdi>.");
});

test("a long list comes in pages", async () => {
  const { inbox } = await inboxWith(...Array.from({ length: 51 }, (_, n) => ({ subject: `mail ${n}` })));

  const first = (await pageOf(inbox, "/")).text;
  expect(first).toContain("1–50 of 51");
  expect(first).toContain('<a href="/?start=50">Older</a>');
  const second = (await pageOf(inbox, "/?start=50")).text;
  expect(second).toContain("51–51 of 51");
  expect(second).toContain('<a href="/">Newer</a>');
  expect(second).toContain("mail 0");
});

test("a reader that has the newest list is told that nothing changed", async () => {
  const { inbox } = await inboxWith({});
  const etag = (await pageOf(inbox, "/")).headers.get("etag") ?? "";
  const again = () => fetch(inbox.url, { headers: { "if-none-match": etag } });

  expect((await again()).status).toBe(304);
  await deliver(inbox.smtpUrl, { raw: letter() });
  expect((await again()).status).toBe(200);
});

test("the button empties the inbox, but not from another site", async () => {
  const { inbox } = await inboxWith({});
  const press = (site: string) =>
    fetch(`${inbox.url}/clear`, { method: "POST", redirect: "manual", headers: { "sec-fetch-site": site } });

  expect((await press("cross-site")).status).toBe(403);
  expect((await messagesOf(inbox)).total).toBe(1);
  expect((await press("same-origin")).status).toBe(303);
  expect((await messagesOf(inbox)).total).toBe(0);
});

test.each([
  { host: "127.0.0.1:8025", status: 200 },
  { host: "localhost:8025", status: 200 },
  { host: "[::1]:8025", status: 200 },
  { host: "inbox", status: 200 },
  { host: "evil.example", status: 421 },
])("asked as $host it answers $status, so that no other site's name leads to the mails", async ({
  host,
  status,
}) => {
  const inbox = await openInbox();
  const answered = await new Promise((resolve, reject) => {
    request(`${inbox.url}/api/v1/messages`, { headers: { host } }, (answer) =>
      resolve(answer.resume().statusCode),
    )
      .on("error", reject)
      .end();
  });
  expect(answered).toBe(status);
});
