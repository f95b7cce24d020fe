import { type Answer, ask, type Door, type Question } from "./ask.ts";

/** Somebody with an account who is signed in. */
export interface Customer {
  readonly email: string;
  readonly userId: string;
  /** Asks as this customer, who signs in again when need be. */
  ask<Data>(question: Question): Promise<Answer<Data>>;
}

const password = "correct horse battery";

/** Makes an account, once, however often it takes. */
export async function register(door: Door, email: string): Promise<void> {
  const answer = await ask(door, {
    method: "POST",
    path: "/api/v1/auth/register",
    body: { email, password },
  });
  // 409: an attempt before this one had succeeded, and its answer was lost.
  expectStatus(answer, [201, 409], `the registration of ${email}`);
}

export interface Account {
  readonly email: string;
  readonly password?: string;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

async function signIn(door: Door, account: Account): Promise<Tokens> {
  const body = { password, ...account };
  const answer = await ask<Tokens>(door, { method: "POST", path: "/api/v1/auth/login", body });
  expectStatus(answer, [200], `the login of ${account.email}`);
  return answer.data;
}

/** Signs somebody in once more and out again, and returns the access token, which is void from then on. */
export async function signInAndOut(door: Door, account: Account): Promise<string> {
  const { accessToken: token, refreshToken } = await signIn(door, account);
  const body = { refreshToken };
  const answer = await ask(door, { method: "POST", path: "/api/v1/auth/logout", token, body });
  // 401: an attempt before this one had succeeded, and its answer was lost.
  expectStatus(answer, [204, 401], `the logout of ${account.email}`);
  return token;
}

/** Signs in with an account that exists. */
export async function becomeCustomer(door: Door, account: Account): Promise<Customer> {
  let { accessToken: token } = await signIn(door, account);
  return {
    email: account.email,
    userId: userIdOf(token),
    async ask<Data>(question: Question) {
      const answer = await ask<Data>(door, { ...question, token });
      if (answer.status !== 401) return answer;
      token = (await signIn(door, account)).accessToken;
      return ask<Data>(door, { ...question, token });
    },
  };
}

/** What a contract does not foresee is no matter of faults: it ends the program. */
export function expectStatus({ status, data }: Answer, expected: readonly number[], what: string): void {
  if (expected.includes(status)) return;
  throw new Error(`${what} was answered with ${status}: ${JSON.stringify(data)}`);
}

function userIdOf(token: string): string {
  const [, payload = ""] = token.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString()).sub;
}
