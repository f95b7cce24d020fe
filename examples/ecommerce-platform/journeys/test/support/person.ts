import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type Answer, call, type Fields, type Request } from "./call.ts";

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Somebody at a machine of their own. */
export interface Person {
  readonly email: string;
  readonly password: string;
  /** Calls without a token. */
  asks<Data = Fields>(path: string, request?: Request): Promise<Answer<Data>>;
  register(): Promise<Answer>;
  logIn(password?: string): Promise<Answer>;
}

/** Somebody who has logged in. */
export interface Customer extends Person, Tokens {
  readonly userId: string;
  /** Calls with the access token. */
  does<Data = Fields>(path: string, request?: Request): Promise<Answer<Data>>;
  /** Places an order and gives its id. */
  orders(items: readonly Line[]): Promise<string>;
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export const post = (body: NonNullable<Request["body"]>, headers: Request["headers"] = {}): Request => ({
  method: "POST",
  body,
  headers,
});
export const put = (body: object | string): Request => ({ method: "PUT", body });
export const remove: Request = { method: "DELETE" };

/** An order, with a key that nobody has used. */
export const order = (items: readonly object[], key: string = randomUUID()): Request =>
  post({ items }, { "idempotency-key": key });

let people = 0;

/** What nobody but those concerned should ever read: addresses, passwords and tokens of all who were made up here. */
export const confidential = new Set<string>();

/** Somebody without an account. The gateway takes `X-Forwarded-For` for their address, so that nobody uses up the limits of another. */
export function somebody(url: string, known: { email?: string; password?: string } = {}): Person {
  people += 1;
  const address = `198.18.${people >> 8}.${people & 255}`;
  const { email = `ada.${randomUUID().slice(0, 8)}@example.com`, password = "correct horse battery" } = known;
  for (const one of [email, password]) confidential.add(one);
  const asks = <Data = Fields>(path: string, request: Request = {}) =>
    call<Data>(`${url}${path}`, {
      ...request,
      headers: { "x-forwarded-for": address, ...request.headers },
    });
  return {
    email,
    password,
    asks,
    register: () => asks("/api/v1/auth/register", post({ email, password })),
    logIn: (given = password) => asks("/api/v1/auth/login", post({ email, password: given })),
  };
}

/** Logs somebody in who has an account. */
export async function loggedIn(person: Person): Promise<Customer> {
  const { status, data } = await person.logIn();
  expect(status).toBe(200);
  return customerWith(person, data as Fields & Tokens);
}

/** The same person with other tokens. */
export function customerWith(person: Person, { accessToken, refreshToken }: Tokens): Customer {
  for (const one of [accessToken, refreshToken]) confidential.add(one);
  const authorization = `Bearer ${accessToken}`;
  const does: Person["asks"] = (path, request = {}) =>
    person.asks(path, { ...request, headers: { authorization, ...request.headers } });
  return {
    ...person,
    accessToken,
    refreshToken,
    userId: claimsOf(accessToken).sub,
    does,
    async orders(items) {
      const { status, data } = await does<{ orderId: string }>("/api/v1/orders", order(items));
      expect(status).toBe(202);
      return data.orderId;
    },
  };
}

export interface Claims {
  readonly sub: string;
  readonly iat: number;
  readonly exp: number;
}

export function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** Registers somebody and logs them in. */
export async function newCustomer(url: string): Promise<Customer> {
  const person = somebody(url);
  expect((await person.register()).status).toBe(201);
  return loggedIn(person);
}

/** All pages of a list, first to last. `path` has a query. */
export async function pagesOf<Item>(ask: Person["asks"], path: string): Promise<Item[][]> {
  const pages: Item[][] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const { data, body }: Answer<Item[]> = await ask(
      cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path,
    );
    pages.push(data);
    cursor = (body.meta as { nextCursor: string | null }).nextCursor;
  }
  return pages;
}
