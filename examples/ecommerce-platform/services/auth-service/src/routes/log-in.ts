import { answer, type Handler, Problem, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { accessTokenSeconds } from "../domain/access-token.ts";
import { sameForAllCases } from "../domain/account.ts";

/** A body with an email and a password; `LogIn` and `Register` differ in what their contract asks of the password. */
export interface Credentials {
  readonly Body: { readonly email: string; readonly password: string };
}

/** `POST /api/v1/auth/login` */
export function logInHandler(dependencies: Dependencies): Handler<Credentials> {
  const { accounts, failures, passwords, sessions, tokens, clientAddress, clock } = dependencies;
  return async (request) => {
    const email = sameForAllCases(request.body.email);
    const origin = { email, address: clientAddress(request.raw) };
    refuseWhile(await failures.lockOf(origin, clock()), clock());

    const account = await accounts.find(email);
    const isRight = await passwords.verify(account?.passwordHash, request.body.password);
    refuseWhile(await failures.settle(origin, isRight, clock()), clock());

    const now = clock();
    const session = account && isRight ? await sessions.start(account, now) : undefined;
    if (!account || !session) throw invalidCredentials();
    return answer(request, {
      accessToken: await tokens.sign(account, session.sessionId, now),
      refreshToken: session.refreshToken,
      expiresIn: accessTokenSeconds,
    });
  };
}

function refuseWhile(lockedUntil: Date | undefined, now: Date): void {
  if (!lockedUntil) return;
  throw problems.tooManyRequests({
    type: "/problems/locked",
    title: "Locked for a while",
    detail: "Too many wrong passwords. Wait before the next try.",
    retryAfterSeconds: (lockedUntil.getTime() - now.getTime()) / 1000,
  });
}

const invalidCredentials = () =>
  new Problem(401, {
    type: "/problems/invalid-credentials",
    title: "Invalid credentials",
    detail: "The e-mail address or the password is wrong.",
  });
