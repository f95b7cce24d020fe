import { answer, type Handler } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { sameForAllCases } from "../domain/account.ts";

interface Route {
  readonly Body: { readonly email: string };
}

/** `POST /api/v1/auth/password-reset/request` */
export function requestPasswordResetHandler({ resets, clock }: Dependencies): Handler<Route> {
  return async (request, reply) => {
    await resets.request(sameForAllCases(request.body.email), clock());
    reply.code(202);
    return answer(request, { status: "accepted" });
  };
}
