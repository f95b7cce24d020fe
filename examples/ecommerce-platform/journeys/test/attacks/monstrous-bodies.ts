import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import type { Customer } from "../support/person.ts";

const operations = [
  ["POST", "/api/v1/auth/register"],
  ["POST", "/api/v1/auth/login"],
  ["POST", "/api/v1/auth/refresh"],
  ["POST", "/api/v1/auth/logout"],
  ["POST", "/api/v1/auth/validate"],
  ["POST", "/api/v1/auth/password-reset/request"],
  ["POST", "/api/v1/auth/password-reset/confirm"],
  ["POST", "/api/v1/users"],
  ["PUT", "/api/v1/users/{id}"],
  ["PUT", "/api/v1/products/TEA-100"],
  ["POST", "/api/v1/orders"],
] as const;

const deep = 50_000;
const bodies = [
  { what: "50,000 lists in one another", body: "[".repeat(deep) + "]".repeat(deep), statuses: [422] },
  {
    what: "50,000 objects in one another",
    body: `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`,
    statuses: [422],
  },
  { what: "50,000 lists without an end", body: "[".repeat(deep), statuses: [400, 422] },
  {
    what: "a deep list in a property",
    body: `{"items":${"[".repeat(deep)}${"]".repeat(deep)}}`,
    statuses: [422],
  },
  { what: "a megabyte and more", body: `{"email":"${"x".repeat(1024 * 1024)}"}`, statuses: [413] },
  {
    what: "numbers beyond all bounds",
    body: '{"items":[{"sku":"TEA-100","quantity":1e400}]}',
    statuses: [422],
  },
  { what: "U+0000", body: '{"email":"ada\\u0000@example.com"}', statuses: [422] },
  { what: "half a pair of surrogates", body: '{"email":"\\ud800@example.com"}', statuses: [422] },
  { what: "no JSON", body: "email=ada@example.com", statuses: [400] },
] as const;

/** Bodies that cost more than they are worth. */
export function monstrousBodies(shop: () => Shop): void {
  describe("a body of", () => {
    let administrator: Customer;
    beforeAll(async () => {
      administrator = await shop().administrator();
    });
    const send = (method: string, path: string, body: string, headers = {}) =>
      administrator.does(path.replace("{id}", administrator.userId), {
        method,
        body,
        headers: { "idempotency-key": randomUUID(), ...headers },
      });

    test.each(bodies)("$what is refused by every operation", async ({ body, statuses }) => {
      for (const [method, path] of operations) {
        const { status } = await send(method, path, body);
        expect(statuses, `${method} ${path}`).toContain(status);
      }
    });

    test("another type is refused by every operation", async () => {
      for (const [method, path] of operations)
        expect((await send(method, path, "<a/>", { "content-type": "application/xml" })).status).toBe(415);
    });

    test("unannounced length is refused when it grows too large", async () => {
      expect(await pour(`${shop().url}/api/v1/auth/login`)).toBe(413);
    });

    test("whatever kind leaves the shop open", async () => {
      for (const { url } of shop().platform.services.values())
        expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect((await administrator.asks("/api/v1/products")).status).toBe(200);
    });
  });
}

/** Sends without end until there is an answer, and gives its status. */
function pour(url: string): Promise<number> {
  const chunk = Buffer.alloc(64 * 1024, "x");
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: "POST", headers: { "content-type": "application/json" } });
    const more = () => sending.write(chunk, () => sending.destroyed || setImmediate(more));
    sending.once("error", reject);
    sending.once("response", ({ statusCode = 0 }) => {
      resolve(statusCode);
      sending.destroy();
    });
    more();
  });
}
