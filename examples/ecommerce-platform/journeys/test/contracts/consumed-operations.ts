import {
  type Client,
  createClient,
  createLogger,
  createMetrics,
  createTokenCheck,
  type Metrics,
} from "@speckit/service-kit";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAskPrices } from "../../../services/order-service/src/ask-prices.ts";
import { createAskUser } from "../../../services/order-service/src/ask-user.ts";
import { withProfile } from "../journeys/profiles.ts";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, post } from "../support/person.ts";
import { readPlatform } from "../support/platform-documents.ts";

const log = createLogger({ service: "journeys", level: "silent" });

interface Conversation {
  readonly shop: Shop;
  readonly consumer: string;
  /** The consumer's own client, led to the real provider. */
  readonly client: Client;
  readonly metrics: Metrics;
}

/** An operation of each service that needs a token, and who may call it. */
const secured: Readonly<Record<string, (customer: Customer) => string>> = {
  "user-service": ({ userId }) => `/api/v1/users/${userId}`,
  "order-service": () => "/api/v1/orders",
  "inventory-service": () => "/api/v1/reservations",
  "notification-service": () => "/api/v1/notifications",
};

/** Every service judges tokens alike, with service-kit's check. */
async function judgesTokens({ shop, consumer, client, metrics }: Conversation): Promise<void> {
  const parties = { issuer: "auth-service", audience: "ecommerce-platform" };
  const check = createTokenCheck({ auth: client, ...parties, log, metrics });
  const customer = await withProfile(await shop.newCustomer());
  const { userId, email, accessToken } = customer;
  expect(await check(accessToken)).toMatchObject({ userId, email, roles: ["customer"] });

  const service = shop.platform.services.get(consumer);
  const ask = async () => {
    const path = secured[consumer]?.(customer) ?? "";
    const headers = { authorization: `Bearer ${accessToken}` };
    return (await fetch(`${service?.url}${path}`, { headers })).status;
  };
  expect(await ask()).toBe(consumer === "inventory-service" ? 403 : 200);
  const body = { refreshToken: customer.refreshToken };
  expect((await customer.does("/api/v1/auth/logout", post(body))).status).toBe(204);
  await expect(check(accessToken)).rejects.toMatchObject({ status: 401 });
  expect(await ask()).toBe(401);
}

/** What each consumer does with what it gets from an operation of another service, by the consumer and the operation. */
const conversations: Readonly<Record<string, (conversation: Conversation) => Promise<void>>> = {
  "user-service validateToken": judgesTokens,
  "order-service validateToken": judgesTokens,
  "inventory-service validateToken": judgesTokens,
  "notification-service validateToken": judgesTokens,

  // Without the keys nothing at all would be verified.
  "user-service getJwks": judgesTokens,
  "order-service getJwks": judgesTokens,
  "inventory-service getJwks": judgesTokens,
  "notification-service getJwks": judgesTokens,

  async "order-service listProducts"({ shop, client }) {
    const { data } = await shop
      .somebody()
      .asks<{ sku: string; unitPrice: number; currency: string }[]>("/api/v1/products");
    const known = data.map(({ sku, unitPrice, currency }) => [sku, { unitPrice, currency }]);
    const skus = data.map(({ sku }) => sku);
    const prices = await createAskPrices(client)([...skus, "COFFEE-1", "a.b_c-1"]);
    expect(Object.fromEntries(prices)).toEqual(Object.fromEntries(known));
  },

  async "order-service getUserProfile"({ shop, client }) {
    const [ada, grace] = [await withProfile(await shop.newCustomer()), await shop.newCustomer()];
    const askUser = createAskUser(client);
    expect(await askUser(ada.userId, ada.accessToken)).toEqual({ firstName: "Ada", lastName: "Lovelace" });
    expect(await askUser(grace.userId, grace.accessToken)).toBeNull();
    expect(await askUser(ada.userId, grace.accessToken)).toBeNull();
  },
};

/** Each operation that the specs or the code say one service uses of another. */
const used = readPlatform().edges.flatMap(({ kind, from, to, operations }) => {
  const ids = operations.map(({ operation }) => operation?.operationId ?? "an unknown operation");
  return kind === "calls"
    ? [...new Set(ids)].map((id) => ({ consumer: from, provider: to, operation: id }))
    : [];
});

/** One test for each service and each operation of another that it uses. */
export function consumedOperations(shop: () => Shop): void {
  describe("what a service needs of an operation of another is what it gets:", () => {
    test("there are such", () => expect(used.length).toBeGreaterThanOrEqual(10));

    test.each(used)("$consumer of $operation ($provider)", async ({ consumer, provider, operation }) => {
      const metrics = createMetrics(consumer);
      const baseUrl = shop().platform.services.get(provider)?.url ?? "";
      const client = createClient({ name: provider, baseUrl, log, metrics });
      onTestFinished(() => client.close());
      const asked = await countOf(baseUrl, operation);

      const converse = conversations[`${consumer} ${operation}`];
      expect(converse, `Say in this file what ${consumer} needs of ${operation}.`).toBeDefined();
      await converse?.({ shop: shop(), consumer, client, metrics });
      expect(await countOf(baseUrl, operation)).toBeGreaterThan(asked);
    });
  });
}

/** How often an operation was answered 200 so far. */
async function countOf(url: string, operation: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const series = new RegExp(
    `^http_server_request_duration_seconds_count\\{.*operation="${operation}".*status="200".*\\} (\\d+)`,
    "m",
  );
  return Number(series.exec(text)?.[1] ?? 0);
}
