import { callerOf, type Handler } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";

interface Route {
  readonly Body: { readonly refreshToken: string };
}

/** `POST /api/v1/auth/logout` */
export function logOutHandler({ sessions, clock }: Dependencies): Handler<Route> {
  return async (request, reply) => {
    await sessions.end(callerOf(request), request.body.refreshToken, clock());
    return reply.code(204).send();
  };
}
