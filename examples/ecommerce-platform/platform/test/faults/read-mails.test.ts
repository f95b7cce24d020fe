import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { openMailReader } from "../../src/faults/verdict/read-mails.ts";

const close: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of close.splice(0)) await each();
});

/** An inbox with so many mails to Ada, in which some more arrive after each page that is read. */
async function openInbox({ mails, arriving }: { mails: number; arriving: number }) {
  let total = mails;
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://inbox");
    const start = Number(searchParams.get("start"));
    const numbers = Array.from({ length: total }, (_, index) => total - index);
    const page = numbers.slice(start, start + Number(searchParams.get("limit")));
    const messages = page.map((number) => ({
      ID: `m-${number}`,
      To: [{ Address: "ada@example.com" }],
      Subject: `Order ${number} confirmed`,
    }));
    response.end(JSON.stringify({ total, messages }));
    total += arriving;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close.push(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

test.each([
  { given: "none", mails: 0, arriving: 0 },
  { given: "a page of them", mails: 200, arriving: 0 },
  { given: "several pages", mails: 610, arriving: 0 },
  { given: "several pages, and more arrive meanwhile", mails: 610, arriving: 3 },
  { given: "several pages, and a page of them arrives meanwhile", mails: 610, arriving: 150 },
])("of $given the oldest mail is read too, and each once", async ({ mails, arriving }) => {
  const url = await openInbox({ mails, arriving });
  const reader = openMailReader(url);
  await reader.mailsTo(["ada@example.com"]);
  const seen = (await reader.mailsTo(["ada@example.com"])).map(({ subject }) => subject);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThanOrEqual(mails + arriving);
  if (mails > 0) expect(seen).toContain("Order 1 confirmed");
});
