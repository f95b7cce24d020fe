import { expect, test } from "vitest";
import { createMetrics } from "../../src/index.ts";

test("two services in one process measure apart", async () => {
  const orders = createMetrics("order-service");
  const mails = createMetrics("notification-service");
  orders.counter({ name: "orders_placed_total", help: "Orders." }).inc(3);
  expect(await orders.text()).toContain('orders_placed_total{service="order-service"} 3');
  expect(await mails.text()).not.toContain("orders_placed_total");
});

test("asking twice for a name gives the same instrument", async () => {
  const metrics = createMetrics("order-service");
  const mails = { name: "mails_sent_total", help: "Mails.", labelNames: ["template"] } as const;
  metrics.counter(mails).inc({ template: "welcome" });
  metrics.counter(mails).inc({ template: "welcome" });
  expect(await metrics.text()).toContain('mails_sent_total{template="welcome",service="order-service"} 2');
});

test("a gauge is asked when somebody reads", async () => {
  const metrics = createMetrics("order-service");
  let waiting = 0;
  metrics.gauge({
    name: "queue_depth",
    help: "Messages that wait.",
    collect() {
      this.set(waiting);
    },
  });
  waiting = 7;
  expect(await metrics.text()).toContain('queue_depth{service="order-service"} 7');
});
