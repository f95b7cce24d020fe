import { join } from "node:path";
import { PassThrough } from "node:stream";
import { buildContractApp, createLogger, type Database, readContract } from "@speckit/service-kit";
import { collectEvents, testMetrics } from "@speckit/service-kit/testing";
import { authHandlers } from "../../src/app.ts";
import { type Assembled, assemble } from "../../src/assemble.ts";
import { readClientAddress } from "../../src/client-address.ts";
import { healthChecks } from "../../src/health-checks.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, authOutbox, serviceFolder } from "./auth-database.ts";

export const password = "correct horse battery";
export const parties = { issuer: "auth-service", audience: "ecommerce-platform" };

/** The app on a fresh database, with a clock that stands until it is moved and hashes that cost little. */
export interface AuthApp extends Assembled {
  readonly database: Database<AuthTables>;
  readonly now: () => Date;
  /** Moves the clock. */
  pass(ms: number): void;
  post(operation: string, body: object | string, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** Sends a request as it is, and gives the answer as it comes. */
  send(request: RawRequest): Promise<RawAnswer>;
  /** Registers and logs in. */
  signIn(email: string): Promise<SignedIn>;
  /** The token of the last reset mail. */
  mailedToken(): Promise<string>;
  /** Everything that was logged so far, as text. */
  logged(): string;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what its answer holds, and fails when it does not.
  readonly body: any;
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SignedIn {
  readonly userId: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export const bearer = ({ accessToken }: Pick<SignedIn, "accessToken">) => ({
  authorization: `Bearer ${accessToken}`,
});

export async function authApp(): Promise<AuthApp> {
  let now = Date.parse("2026-11-23T10:00:00Z");
  const clock = () => new Date(now);
  const lines: string[] = [];
  const destination = new PassThrough().on("data", (line) => lines.push(String(line)));
  const log = createLogger({ service: "auth-service", level: "trace", destination });

  const database = await authDatabase();
  const assembled = await assemble({
    settings: {
      secret: "a secret of at least thirty-two bytes",
      parties,
      clientAddress: readClientAddress("127.0.0.1"),
    },
    database,
    outbox: authOutbox(clock),
    log,
    clock,
    cost: { memoryKib: 8, passes: 1 },
  });
  await assembled.rotateKeys();
  const app = await buildContractApp({
    contract: readContract(join(serviceFolder, "contracts", "api-spec.yaml"), "auth-service"),
    handlers: authHandlers(assembled.dependencies),
    checkToken: assembled.checkToken,
    health: { database: { check: () => database.check(), readiness: true }, ...healthChecks(database) },
    log,
    metrics: testMetrics(),
  });

  const send: AuthApp["send"] = async ({ method, path, headers, body }) => {
    const payload =
      body === undefined ? {} : { payload: typeof body === "string" ? body : Buffer.from(body) };
    const answer = await app.inject({ method: method as "POST", url: path, headers, ...payload });
    return {
      status: answer.statusCode,
      headers: answer.headers as Record<string, string>,
      body: answer.body,
    };
  };
  const ask = async (request: RawRequest) => {
    const answer = await send(request);
    return { ...answer, body: answer.body && JSON.parse(answer.body) };
  };
  const post: AuthApp["post"] = (operation, body, headers) =>
    ask({
      method: "POST",
      path: `/api/v1/auth/${operation}`,
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });

  return {
    ...assembled,
    database,
    now: clock,
    pass: (ms) => {
      now += ms;
    },
    post,
    get: (path) => ask({ method: "GET", path, headers: {} }),
    send,
    async signIn(email) {
      const registered = await post("register", { email, password });
      const loggedIn = await post("login", { email, password });
      return { userId: registered.body.data.userId, ...loggedIn.body.data };
    },
    async mailedToken() {
      const events = await collectEvents<{ resetToken: string }>(database);
      return events.at(-1)?.data.resetToken ?? "";
    },
    logged: () => lines.join(""),
    async close() {
      await app.close();
      await database.close();
    },
  };
}
