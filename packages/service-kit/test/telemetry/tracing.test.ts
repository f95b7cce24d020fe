import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { correlation, startTracing } from "../../src/index.ts";
import { readTraceparent } from "../../src/telemetry/tracing.ts";
import { adasHeaders, orderApp, orderId } from "../shop.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const sampled = `00-${traceId}-00f067aa0ba902b7-01`;
const unsampled = `00-${traceId}-00f067aa0ba902b7-00`;

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
}

let spans: SentSpan[] = [];
const collector = createServer(async (request, response) => {
  let text = "";
  for await (const chunk of request) text += chunk;
  const { resourceSpans } = JSON.parse(text);
  spans.push(...resourceSpans[0].scopeSpans[0].spans);
  response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
let endpoint: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}/`;
});
afterAll(() => void collector.close());

const start = (share: number) => startTracing({ service: "order-service", endpoint, share });

test.each([
  { given: "no parent, of which all are recorded", share: 1, parent: undefined, sent: 1 },
  { given: "no parent, of which none is recorded", share: 0, parent: undefined, sent: 0 },
  { given: "a parent that is recorded", share: 0, parent: sampled, sent: 1 },
  { given: "a parent that is not", share: 1, parent: unsampled, sent: 0 },
])("a span with $given", async ({ share, parent, sent }) => {
  spans = [];
  const tracing = await start(share);
  const span = tracing.start("place order", { kind: "server", parent });
  span.end({ error: new Error("refused") });
  await tracing.stop();

  expect(spans).toHaveLength(sent);
  expect(readTraceparent(span.traceparent)?.endsWith(sent ? "-01" : "-00")).toBe(true);
  if (parent) expect(span.traceparent?.slice(3, 35)).toBe(traceId);
  if (parent && sent) expect(spans[0]).toMatchObject({ traceId, parentSpanId: "00f067aa0ba902b7" });
});

test("without an endpoint nothing is recorded, and a traceparent is handed on", async () => {
  const tracing = await startTracing({ service: "order-service" });
  expect(tracing.start("place order", { kind: "server", parent: sampled }).traceparent).toBe(sampled);
  expect(tracing.start("place order", { kind: "server" }).traceparent).toBeUndefined();
});

test.each([
  { text: sampled, read: sampled },
  { text: sampled.toUpperCase(), read: undefined },
  { text: `00-${"0".repeat(32)}-00f067aa0ba902b7-01`, read: undefined },
  { text: `${sampled}\r\nx-admin: 1`, read: undefined },
  { text: undefined, read: undefined },
])("of $text is read $read", ({ text, read }) => {
  expect(readTraceparent(text)).toBe(read);
});

test("a request is a span, and its handler stands below it", async () => {
  spans = [];
  const tracing = await start(1);
  let seen: string | undefined;
  const getOrder = async () => {
    seen = correlation.current().traceparent;
    return null;
  };
  const app = await orderApp({ tracing, replace: { getOrder } });
  await app.inject({ url: `/api/v1/orders/${orderId}`, headers: { ...adasHeaders, traceparent: sampled } });
  await app.close();
  await tracing.stop();

  expect(spans).toMatchObject([{ traceId, parentSpanId: "00f067aa0ba902b7" }]);
  expect(seen).toMatch(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
});
