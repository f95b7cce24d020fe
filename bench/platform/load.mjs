// What a shop does under load: orders placed and confirmed, and tokens validated.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { skuOf } from "./shop.mjs";

/** @typedef {{ url: string, authUrl: string, token: string, pending(): Promise<number> }} Shop */

/**
 * Places orders of two products for some seconds and waits until all are settled.
 * @param {Shop} shop
 * @param {{ connections: number, seconds: number, rate?: number }} load `rate`: orders a second, instead of as many as go.
 */
export async function placeOrders(shop, { connections, seconds, rate }) {
  let index = 0;
  const started = performance.now();
  const result = await autocannon({
    url: `${shop.url}/api/v1/orders`,
    connections,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    requests: [
      {
        method: "POST",
        setupRequest: (request) => ({
          ...request,
          headers: {
            authorization: `Bearer ${shop.token}`,
            "content-type": "application/json",
            "idempotency-key": randomUUID(),
          },
          body: JSON.stringify({
            items: [
              { sku: skuOf(index++), quantity: 1 },
              { sku: skuOf(index + 7), quantity: 2 },
            ],
          }),
        }),
      },
    ],
  });
  const placedSeconds = (performance.now() - started) / 1000;
  while ((await shop.pending()) > 0) await pause(100);
  const settledSeconds = (performance.now() - started) / 1000;
  const placed = result["2xx"];
  return {
    connections,
    placedPerSecond: placed / placedSeconds,
    confirmedPerSecond: placed / settledSeconds,
    p50: result.latency.p50,
    p97_5: result.latency.p97_5,
    p99: result.latency.p99,
    refused: result.non2xx + result.errors,
  };
}

/**
 * Validates one access token at auth-service itself: the gateway's limits are not what is measured.
 * @param {Shop} shop
 * @param {{ connections: number, seconds: number }} load
 */
export async function validateTokens({ authUrl, token }, { connections, seconds }) {
  const result = await autocannon({
    url: `${authUrl}/api/v1/auth/validate`,
    connections,
    duration: seconds,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  });
  const { latency } = result;
  const perSecond = result["2xx"] / result.duration;
  return {
    connections,
    perSecond,
    p50: latency.p50,
    p97_5: latency.p97_5,
    p99: latency.p99,
    refused: result.non2xx + result.errors,
  };
}
