import { answer, type Handler, Problem } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { accessTokenSeconds } from "../domain/access-token.ts";

interface Route {
  readonly Body: { readonly refreshToken: string };
}

/** `POST /api/v1/auth/refresh` */
export function refreshTokensHandler({ sessions, tokens, clock, log }: Dependencies): Handler<Route> {
  return async (request) => {
    const now = clock();
    const refreshed = await sessions.refresh(request.body.refreshToken, now);
    if (refreshed.kind === "stolen") {
      log.warn(
        { sessionId: refreshed.sessionId },
        "a replaced refresh token came back, so its session was ended",
      );
    }
    if (refreshed.kind !== "refreshed") throw invalidRefreshToken();

    const { session, owner } = refreshed;
    return answer(request, {
      accessToken: await tokens.sign(owner, session.sessionId, now),
      refreshToken: session.refreshToken,
      expiresIn: accessTokenSeconds,
    });
  };
}

const invalidRefreshToken = () =>
  new Problem(401, {
    type: "/problems/invalid-refresh-token",
    title: "Invalid refresh token",
    detail: "Log in again.",
  });
