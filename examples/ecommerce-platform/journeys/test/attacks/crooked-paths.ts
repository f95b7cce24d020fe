import { describe, expect, test } from "vitest";
import type { Shop } from "../support/open-shop.ts";
import { sendRaw } from "../support/raw-request.ts";

const crooked = [
  "/api/v1/products/../../../health",
  "/api/v1/products/../../../metrics",
  "/api/v1/../../health",
  "/../health",
  "/./health",
  "/api/v1/products/%2e%2e/%2e%2e/%2e%2e/health",
  "/api/v1/products/%2E%2E%2F%2E%2E%2F%2E%2E%2Fhealth",
  "/api/v1/products/..%2f..%2f..%2fhealth",
  "/api/v1/products/..%5c..%5c..%5chealth",
  "/api/v1/products/%252e%252e%252fhealth",
  "/api/v1/products/%c0%ae%c0%ae/health",
  "/api/v1/products/\\..\\..\\health",
  "/api/v1/products/..;/..;/health",
  "/api/v1/products;/TEA-100",
  "/api/v1/products/TEA-100;admin=true",
  "/api/v1/products/TEA-100%3badmin",
  "//health",
  "//api/v1/products",
  "/api//v1/products",
  "/api/v1/products//TEA-100",
  "/api/v1/products/",
  "/api/v1/products/TEA-100/",
  "/api/v1/products/TEA-100%00",
  "/api/v1/products/TEA-100%0a",
  "/api/v1/products/TEA-100#/../../health",
  "/API/V1/PRODUCTS",
  "/api/v1/products.json",
  "/%61pi/v1/orders",
  "/api/v1/order%73",
  "/api/v1/orders/..",
  "/health%2flive",
  "/%68ealth",
  "http://127.0.0.1/health",
  "http://127.0.0.1/api/v1/products",
  "http://auth-service/health",
  "http://evil.example/api/v1/products",
  "https:/api/v1/products",
  "*",
  "health",
  "?/health",
];

/** Targets that a gateway and a service could read differently. */
export function crookedPaths(shop: () => Shop): void {
  describe("no way leads behind the gateway:", () => {
    test.each(crooked)("%s", async (target) => {
      const { status, text } = await sendRaw(shop().url, `GET ${target} HTTP/1.1`);
      expect([400, 401, 404]).toContain(status);
      expect(text).toMatch(/^content-type: application\/problem\+json/im);
      expect(text).not.toContain('"checks"');
    });

    test.each([
      "X-Original-URL: /health",
      "X-Rewrite-URL: /health",
      "X-Forwarded-Prefix: /../health",
      "X-HTTP-Method-Override: DELETE",
    ])("%s changes nothing", async (header) => {
      const { status, text } = await sendRaw(shop().url, "GET /api/v1/products/TEA-100 HTTP/1.1", header);
      expect(status).toBe(200);
      expect(text).toContain("TEA-100");
    });

    test.each(["TRACE", "PATCH", "PROPFIND", "TEA"])("%s is no method here", async (method) => {
      const { status } = await sendRaw(shop().url, `${method} /api/v1/products HTTP/1.1`);
      expect([400, 404, 405, 501]).toContain(status);
    });

    test("nor is a tunnel opened", async () => {
      const { text } = await sendRaw(shop().url, "CONNECT 127.0.0.1:5432 HTTP/1.1");
      expect(text).not.toMatch(/^HTTP\/1\.1 2/);
    });
  });
}
