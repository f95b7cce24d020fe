import { fileURLToPath } from "node:url";
import { buildContractApp, createClient, createTokenCheck, readContract } from "@speckit/service-kit";
import {
  type FakeAuth,
  type FakeService,
  fakeAuth,
  fakeService,
  silentLog,
  testMetrics,
} from "@speckit/service-kit/testing";
import { orderHandlers } from "../../src/app.ts";
import { createAskPrices } from "../../src/ask-prices.ts";
import { createAskUser } from "../../src/ask-user.ts";
import { createShowOrders } from "../../src/show-orders.ts";
import { fakeInventory } from "./fake-inventory.ts";
import { ada, openShop, type Shop } from "./shop.ts";

export const contract = readContract(
  fileURLToPath(new URL("../../contracts/api-spec.yaml", import.meta.url)),
  "order-service",
);

type App = Awaited<ReturnType<typeof buildContractApp>>;

/** The operations of order-service on a real database, with auth-, inventory- and user-service played by fakes. */
export interface OrderApp extends Shop {
  readonly app: App;
  readonly auth: FakeAuth;
  readonly inventory: FakeService;
  readonly users: FakeService;
  /** Sends a request as a customer, Ada unless said otherwise. */
  send(request: {
    method?: "GET" | "POST";
    url: string;
    as?: Person;
    headers?: Record<string, string>;
    body?: unknown;
  }): Promise<{ status: number; json: Answer; headers: Record<string, unknown> }>;
  close(): Promise<void>;
}

export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly roles?: readonly string[];
}

/** What answers hold, as far as tests look into them. */
export interface Answer {
  readonly data?: Record<string, unknown> & Record<string, unknown>[];
  readonly meta?: { readonly requestId: string; readonly nextCursor?: string | null };
  readonly type?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string }[];
}

export async function openApp(opening: Promise<Shop> = openShop()): Promise<OrderApp> {
  const [{ database, orders }, auth, inventory, users] = await Promise.all([
    opening,
    fakeAuth(),
    fakeInventory(),
    fakeService(),
  ]);
  const [log, metrics] = [silentLog(), testMetrics()];
  const authClient = createClient({ name: "auth-service", baseUrl: auth.url, log, metrics });
  const clients = { inventory: inventory.client("inventory-service"), users: users.client("user-service") };

  const app = await buildContractApp({
    contract,
    handlers: orderHandlers({
      database,
      orders,
      askPrices: createAskPrices(clients.inventory),
      showOrders: createShowOrders(createAskUser(clients.users)),
      clock: () => new Date(),
    }),
    checkToken: createTokenCheck({
      auth: authClient,
      issuer: "auth-service",
      audience: "ecommerce-platform",
      log,
      metrics,
    }),
    health: { database: { check: () => database.check(), readiness: true } },
    log,
    metrics,
  });

  return {
    app,
    database,
    orders,
    auth,
    inventory,
    users,
    async send({ method = "GET", url, as = ada, headers, body }) {
      const response = await app.inject({
        method,
        url,
        headers: { ...(await auth.bearer(as)), ...headers },
        ...(body !== undefined && { payload: body as object }),
      });
      return { status: response.statusCode, json: response.json<Answer>(), headers: response.headers };
    },
    async close() {
      await app.close();
      await Promise.all([authClient.close(), inventory.close(), users.close()]);
      await Promise.all([auth.close(), database.close()]);
    },
  };
}
