import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Collector } from "../support/collector.ts";
import type { Shop } from "../support/open-shop.ts";
import { confidential, order } from "../support/person.ts";

/** What a collector of traces gets to see of an order. */
export function traces(shop: () => Shop, collector: () => Collector): void {
  describe("the trace of an order", () => {
    const traceId = randomBytes(16).toString("hex");
    const parts = () =>
      new Set(
        collector()
          .spans.filter((span) => span.traceId === traceId)
          .map(({ service, name }) => `${service}: ${name}`),
      );

    test("leads through all services, over requests and over messages", async () => {
      const ada = await shop().newCustomer();
      const { body = {}, headers = {} } = order([{ sku: "TEA-100", quantity: 1 }]);
      const traceparent = `00-${traceId}-${randomBytes(8).toString("hex")}-01`;
      await ada.does("/api/v1/orders", { method: "POST", body, headers: { ...headers, traceparent } });
      const expected = [
        "gateway: request",
        "order-service: request",
        "order-service: call auth-service",
        "order-service: call inventory-service",
        "auth-service: request",
        "inventory-service: request",
        "inventory-service: receive order.created",
        "order-service: receive inventory.stock.reserved",
        "inventory-service: receive order.confirmed",
        "notification-service: receive order.confirmed",
      ];
      const missing = () => expected.filter((part) => !parts().has(part));
      await expect.poll(missing, { timeout: 40_000, interval: 200 }).toEqual([]);
    });

    test("tells nothing about anybody", () => {
      const texts = collector().texts.join("");
      expect([...confidential].filter((one) => texts.includes(one))).toEqual([]);
    });
  });
}
