import { fileURLToPath } from "node:url";
import { buildContractApp, createClient, createTokenCheck, readContract } from "@speckit/service-kit";
import { type FakeAuth, fakeAuth, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { inventoryHandlers } from "../../src/app.ts";
import type { Inventory } from "./inventory.ts";

export const contract = readContract(
  fileURLToPath(new URL("../../contracts/api-spec.yaml", import.meta.url)),
  "inventory-service",
);

/** What the token of an administrator says. */
export const administrator = { roles: ["administrator"] };

interface Request {
  readonly method?: "GET" | "PUT";
  readonly url: string;
  readonly as?: "administrator" | "customer" | undefined;
  readonly body?: object;
}

export interface App {
  readonly auth: FakeAuth;
  readonly app: Awaited<ReturnType<typeof buildContractApp>>;
  /** Sends a request as somebody with these roles, or as nobody. */
  send<Data = unknown>(request: Request): Promise<{ status: number; body: Answer<Data> }>;
  close(): Promise<void>;
}

/** An answer as far as tests look at it. */
export interface Answer<Data> {
  readonly data: Data;
  readonly meta: { readonly requestId: string; readonly nextCursor: string | null };
  readonly type: string;
  readonly errors?: readonly { readonly path: string }[];
}

/** The operations of inventory-service, with an auth-service that the test controls. */
export async function openApp(inventory: Pick<Inventory, "database">): Promise<App> {
  const parts = { log: silentLog(), metrics: testMetrics() };
  const auth = await fakeAuth();
  const client = createClient({ name: "auth-service", baseUrl: auth.url, ...parts });
  const app = await buildContractApp({
    contract,
    handlers: inventoryHandlers(inventory),
    checkToken: createTokenCheck({
      auth: client,
      issuer: "auth-service",
      audience: "ecommerce-platform",
      ...parts,
    }),
    health: {
      database: { check: () => inventory.database.check(), readiness: true },
      "auth-service": client,
    },
    ...parts,
  });

  return {
    auth,
    app,
    async send<Data>({ method = "GET", url, as, body }: Request) {
      const headers = as ? await auth.bearer({ roles: [as] }) : {};
      const answer = await app.inject({ method, url, headers, ...(body && { payload: body }) });
      return { status: answer.statusCode, body: answer.json<Answer<Data>>() };
    },
    async close() {
      await app.close();
      await client.close();
      await auth.close();
    },
  };
}
