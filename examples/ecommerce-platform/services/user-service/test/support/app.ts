import { fileURLToPath } from "node:url";
import { buildContractApp, createClient, createTokenCheck, readContract } from "@speckit/service-kit";
import { type FakeAuth, fakeAuth, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { userHandlers } from "../../src/app.ts";
import { acceptUploads } from "../../src/read-upload.ts";
import { ada, type Users } from "./users.ts";

export const contract = readContract(
  fileURLToPath(new URL("../../contracts/api-spec.yaml", import.meta.url)),
  "user-service",
);

export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly roles?: readonly string[];
}

/** Somebody who is no customer of interest, but may touch everything. */
export const administrator: Person = {
  userId: "0b5c7d9e-1f20-4a31-8b42-9c53ad64be75",
  email: "admin@example.com",
  roles: ["administrator"],
};

interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: string;
  /** Ada unless said otherwise; null: nobody. */
  readonly as?: Person | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Buffer;
}

/** An answer as far as tests look at it. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly type?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly path: string }[];
}

export interface App {
  readonly auth: FakeAuth;
  readonly app: Awaited<ReturnType<typeof buildContractApp>>;
  send(request: Request): Promise<{
    status: number;
    /** Undefined when the answer is no JSON. */
    body: Answer | undefined;
    bytes: Buffer;
    headers: Readonly<Record<string, unknown>>;
  }>;
  close(): Promise<void>;
}

/** The operations of user-service, with an auth-service that the test controls. */
export async function openApp(users: Users): Promise<App> {
  const parts = { log: silentLog(), metrics: testMetrics() };
  const auth = await fakeAuth();
  const client = createClient({ name: "auth-service", baseUrl: auth.url, ...parts });
  const app = await buildContractApp({
    contract,
    handlers: userHandlers(users),
    checkToken: createTokenCheck({
      auth: client,
      issuer: "auth-service",
      audience: "ecommerce-platform",
      ...parts,
    }),
    health: {},
    configure: acceptUploads,
    ...parts,
  });

  return {
    auth,
    app,
    async send({ method = "GET", url, as = ada, headers = {}, body }) {
      const bearer = as ? await auth.bearer(as) : {};
      const answer = await app.inject({
        method,
        url,
        headers: { ...bearer, ...headers },
        ...(body !== undefined && { payload: body }),
      });
      const isJson = /json/.test(String(answer.headers["content-type"]));
      return {
        status: answer.statusCode,
        body: isJson ? answer.json<Answer>() : undefined,
        bytes: answer.rawPayload,
        headers: answer.headers,
      };
    },
    async close() {
      await app.close();
      await client.close();
      await auth.close();
    },
  };
}
