import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { post } from "../support/person.ts";

const mebibyte = 1024 * 1024;

/** What the gateway does for all operations. */
export function door(shop: () => Shop): void {
  describe("the gateway", () => {
    test("gives every request an id, or keeps the one it has", async () => {
      const { asks } = shop().somebody();
      const own = await asks("/api/v1/products", { headers: { "x-request-id": "tea-time.7" } });
      expect(own.body.meta).toMatchObject({ requestId: "tea-time.7" });
      const [one, other] = [await asks("/api/v1/products"), await asks("/api/v1/products")];
      expect(one.headers.get("x-request-id")).not.toBe(other.headers.get("x-request-id"));
    });

    test.each([
      "/health",
      "/health/live",
      "/health/ready",
      "/metrics",
      "/",
      "/api/v1",
      "/api/v2/products",
    ])("does not show %s", async (path) => {
      expect((await shop().somebody().asks(path)).status).toBe(404);
    });

    test.each([
      { path: "/api/v1/auth/register", method: "POST", open: true },
      { path: "/api/v1/auth/login", method: "POST", open: true },
      { path: "/api/v1/auth/refresh", method: "POST", open: true },
      { path: "/api/v1/auth/validate", method: "POST", open: true },
      { path: "/api/v1/auth/password-reset/request", method: "POST", open: true },
      { path: "/api/v1/auth/password-reset/confirm", method: "POST", open: true },
      { path: "/api/v1/auth/jwks", method: "GET", open: true },
      { path: "/api/v1/products", method: "GET", open: true },
      { path: "/api/v1/products/TEA-100", method: "GET", open: true },
      { path: "/api/v1/products/TEA-100", method: "PUT", open: false },
      { path: "/api/v1/auth/logout", method: "POST", open: false },
      { path: "/api/v1/users", method: "POST", open: false },
      { path: "/api/v1/orders", method: "POST", open: false },
      { path: "/api/v1/orders", method: "GET", open: false },
      { path: "/api/v1/notifications", method: "GET", open: false },
      { path: "/api/v1/reservations", method: "GET", open: false },
    ])("lets strangers in at $method $path: $open", async ({ path, method, open }) => {
      const { status } = await shop()
        .somebody()
        .asks(path, method === "GET" ? {} : { method, body: {} });
      expect(status).toBe(open ? (method === "GET" ? 200 : 422) : 401);
    });

    test("lets pages of other origins in", async () => {
      const { asks } = shop().somebody();
      const origin = "https://shop.example";
      const asked = await asks("/api/v1/orders", {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST" },
      });
      expect(asked.status).toBe(204);
      expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
      expect(asked.headers.get("access-control-allow-headers")).toMatch(/authorization.*idempotency-key/);
      const answered = await asks("/api/v1/products", { headers: { origin } });
      expect([origin, "*"]).toContain(answered.headers.get("access-control-allow-origin"));
    });

    test("takes bodies of 1 MB and none larger", async () => {
      const { asks } = shop().somebody();
      const sent = async (bytes: number) => {
        const frame = JSON.stringify({ email: "ada@example.com", password: "" }).length;
        const body = { email: "ada@example.com", password: "x".repeat(bytes - frame) };
        return (await asks("/api/v1/auth/login", post(body))).status;
      };
      expect(await sent(mebibyte)).toBe(422);
      expect(await sent(mebibyte + 1)).toBe(413);
    });

    test.each([
      { what: "logins", path: "/api/v1/auth/login" },
      { what: "registrations", path: "/api/v1/auth/register" },
    ])("lets one address do 60 $what a minute, and another as many", async ({ path }) => {
      const [ada, grace] = [shop().somebody(), shop().somebody()];
      const statuses: number[] = [];
      for (let count = 0; count < 60; count++) statuses.push((await ada.asks(path, post({}))).status);
      expect(statuses).toEqual(statuses.map(() => 422));
      // When the sixty took more than a minute, the oldest of them no longer count.
      const next = () => ada.asks(path, post({}));
      let refused = await next();
      for (let count = 0; count < 60 && refused.status !== 429; count++) refused = await next();
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await grace.asks(path, post({}))).status).toBe(422);
      expect((await ada.asks("/api/v1/products")).status).toBe(200);
    });
  });
}
