import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { order, post, put } from "../support/person.ts";
import { sendRaw } from "../support/raw-request.ts";

const sql = [
  "' OR '1'='1",
  "'; DROP TABLE orders; --",
  "1) UNION SELECT password_hash FROM accounts --",
  "\\'; SELECT pg_sleep(9) --",
];

/** Text that is meant to be obeyed by whoever takes it for more than text. */
export function injections(shop: () => Shop): void {
  describe("SQL is text", () => {
    test.each(sql)("%s in a path, in a query, in an address, in a password", async (text) => {
      const eve = await shop().newCustomer();
      const encoded = encodeURIComponent(text);
      for (const path of ["products", "orders", "users", "notifications"])
        expect((await eve.does(`/api/v1/${path}/${encoded}`)).status).toBe(404);
      for (const path of ["products", "orders", "notifications"]) {
        expect((await eve.does(`/api/v1/${path}?cursor=${encoded}`)).status).toBe(400);
        expect((await eve.does(`/api/v1/${path}?limit=${encoded}`)).status).toBe(400);
      }
      const { asks } = shop().somebody();
      const login = { email: `${text}@example.com`, password: text };
      expect([401, 422]).toContain((await asks("/api/v1/auth/login", post(login))).status);
      expect((await eve.logIn(text)).status).toBe(401);
      expect((await asks("/api/v1/auth/refresh", post({ refreshToken: text }))).status).toBe(401);
      expect((await asks("/api/v1/auth/validate", post({ token: text }))).status).toBe(401);
    });

    test.each(sql)("%s is kept as it is where text is kept", async (text) => {
      const eve = await shop().newCustomer();
      const profile = { firstName: text, lastName: text, email: "eve@example.com" };
      expect((await eve.does("/api/v1/users", post(profile))).status).toBe(201);
      expect((await eve.does(`/api/v1/users/${eve.userId}`)).data).toMatchObject(profile);
      const administrator = await shop().administrator();
      const product = { name: text, unitPrice: 1, currency: "EUR", available: 1 };
      await administrator.does("/api/v1/products/SQL-001", put(product));
      expect((await eve.asks("/api/v1/products/SQL-001")).data).toMatchObject(product);
      expect((await eve.does("/api/v1/orders", order([{ sku: text, quantity: 1 }]))).status).toBe(422);
      const used = post({ items: [{ sku: "TEA-100", quantity: 1 }] }, { "idempotency-key": text });
      expect([202, 400]).toContain((await eve.does("/api/v1/orders", used)).status);
    });
  });

  describe("headers stay what they are", () => {
    test.each([
      "a\nSet-Cookie: x=1",
      "a\u0000b",
      "<script>",
      "x".repeat(65),
      "a b",
      "ä",
    ])("a request id %j is replaced", async (id) => {
      const { text, status } = await sendRaw(
        shop().url,
        "GET /api/v1/products HTTP/1.1",
        `X-Request-Id: ${Buffer.from(id).toString("latin1")}`,
      );
      expect([200, 400]).toContain(status);
      expect(text).not.toMatch(/^set-cookie/im);
      expect(/^x-request-id: (.*)$/im.exec(text)?.[1]?.trim() ?? "").not.toBe(id);
    });

    test.each([
      "/api/v1/products/%0d%0aSet-Cookie:%20x=1",
      "/%0d%0aSet-Cookie:%20x=1",
      "/api/v1/users?%0d%0aLocation:%20//evil",
    ])("%s sets none", async (path) => {
      const { text, status } = await sendRaw(shop().url, `GET ${path} HTTP/1.1`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toMatch(/^(?:set-cookie|location):/im);
    });

    test("a redirection to another host is never made", async () => {
      for (const target of ["//evil.example/%2e%2e", "/\\evil.example", "/api/v1/products/"]) {
        const { status, text } = await sendRaw(shop().url, `GET ${target} HTTP/1.1`);
        expect(status).toBe(404);
        expect(text).not.toMatch(/^location:/im);
      }
    });
  });

  describe("a mail goes to one address, whatever that address or a name holds", () => {
    test.each([
      "ada@example.com\nBcc: eve@example.com",
      "ada@example.com\r\nBcc: eve@example.com",
      "ada@example.com,eve@example.com",
      "ada@example.com;eve@example.com",
      "<eve@example.com>ada@example.com",
      "ada@example.com ",
      "ada@example.com\u0000",
      "ada@example.com\u2028Bcc: eve@example.com",
      "Ada <ada@example.com>",
    ])("%j is no address", async (email) => {
      const { asks, password } = shop().somebody();
      expect((await asks("/api/v1/auth/register", post({ email, password }))).status).toBe(422);
      expect((await asks("/api/v1/auth/password-reset/request", post({ email }))).status).toBe(422);
    });

    test.each([
      "Eve\nBcc: eve@example.org",
      "Eve\r\nBcc: eve@example.org",
      "Eve\u0085Bcc: eve@example.org",
    ])("%j is no name, or adds nobody", async (firstName) => {
      const ada = await shop().newCustomer();
      const body = { firstName, lastName: "Mallory", email: "eve@example.com" };
      const { status } = await ada.does("/api/v1/users", post(body));
      if (status !== 422) await onlyFor(shop(), ada.email, "Welcome");
      expect(await shop().mailsTo("eve@example.org")).toEqual([]);
    });

    test.each([
      "=?utf-8?q?Eve=0ABcc:_eve@example.org?=",
      "Eve\u2028Bcc: eve@example.org",
      'Eve" <eve@example.org>, "x',
      "\u202eeve@example.org",
      "<a href='https://evil.example/'>Click</a>",
      "https://evil.example/",
    ])("a welcome to %j", async (firstName) => {
      const ada = await shop().newCustomer();
      const body = { firstName, lastName: "Mallory", email: "eve@example.org" };
      expect((await ada.does("/api/v1/users", post(body))).status).toBe(201);
      const { HTML } = await onlyFor(shop(), ada.email, "Welcome");
      expect(HTML).not.toMatch(/<a\b/i);
      expect(await shop().mailsTo("eve@example.org")).toEqual([]);
    });

    test("an idempotency key is no header of anything", async () => {
      const ada = await shop().newCustomer();
      const key = `${randomUUID()}%0d%0aBcc: eve@example.org`;
      await ada.does("/api/v1/orders", order([{ sku: "TEA-100", quantity: 1 }], key));
      expect(await shop().mailsTo("eve@example.org")).toEqual([]);
    });
  });
}

/** The mail, of whose headers each that names somebody names this one. */
async function onlyFor(shop: Shop, email: string, subject: string) {
  const mail = await shop.mailArrives(email, subject);
  const raw = await (await fetch(`${shop.inboxUrl}/api/v1/message/${mail.ID}/raw`)).text();
  const [head = ""] = raw.split(/\r?\n\r?\n/, 1);
  expect(head.match(/^(?:to|cc|bcc|reply-to):.*$/gim)).toEqual([`To: ${email}`]);
  expect(mail).toMatchObject({ To: [{ Address: email }], Cc: [], Bcc: [] });
  return mail;
}
