import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeJwt } from "jose";
import { signedTestTokens, type TestClaims, type TestTokens } from "./signed-test-tokens.ts";

/** Stands for auth-service: answers `jwks` and `validate` over HTTP, for tokens of its own key. */
export interface FakeAuth {
  readonly url: string;
  readonly tokens: TestTokens;
  /** A header `authorization` with a token that holds. */
  bearer(claims?: TestClaims): Promise<{ readonly authorization: string }>;
  /** From now on the token answers 401. */
  revoke(token: string): void;
  /** From now on `validate` answers these roles for the user, whatever the token says. */
  setRoles(userId: string, roles: readonly string[]): void;
  /** From now on everything answers this status; undefined ends that. */
  failWith(status: number | undefined): void;
  /** How often each path was asked. */
  readonly calls: Readonly<Record<"jwks" | "validate", number>>;
  close(): Promise<void>;
}

export async function fakeAuth(): Promise<FakeAuth> {
  const tokens = await signedTestTokens();
  const revoked = new Set<string>();
  const roles = new Map<string, readonly string[]>();
  const calls = { jwks: 0, validate: 0 };
  let failure: number | undefined;

  const validate = (token: string): { status: number; body: object } => {
    calls.validate++;
    if (revoked.has(token)) return { status: 401, body: { type: "/problems/invalid-token", status: 401 } };
    const claims = decodeJwt(token);
    const data = { userId: claims.sub, roles: roles.get(String(claims.sub)) ?? claims.roles };
    return { status: 200, body: { data, meta: { requestId: "req-fake" } } };
  };

  const server = createServer(async (request, response) => {
    if (failure !== undefined) return answer(response, failure, {});
    if (request.url === "/api/v1/auth/jwks") {
      calls.jwks++;
      return answer(response, 200, tokens.jwks);
    }
    if (request.url === "/health/live") return answer(response, 200, { data: { status: "up" } });
    if (request.url !== "/api/v1/auth/validate") return answer(response, 404, {});
    const { token } = JSON.parse(await textOf(request)) as { token: string };
    const { status, body } = validate(token);
    answer(response, status, body);
  });

  const url = await listen(server);
  return {
    url,
    tokens,
    bearer: async (claims) => ({ authorization: `Bearer ${await tokens.sign(claims)}` }),
    revoke: (token) => void revoked.add(token),
    setRoles: (userId, now) => void roles.set(userId, now),
    failWith: (status) => {
      failure = status;
    },
    calls,
    close: () => closeServer(server),
  };
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
