import { answer, type Handler, Problem } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";

interface Route {
  readonly Body: { readonly token: string };
}

/** `POST /api/v1/auth/validate` */
export function validateTokenHandler({ judge }: Dependencies): Handler<Route> {
  return async (request) => {
    const claims = await judge(request.body.token);
    if (!claims) throw invalidToken();
    return answer(request, { userId: claims.sub, roles: claims.roles });
  };
}

const invalidToken = () =>
  new Problem(401, {
    type: "/problems/invalid-token",
    title: "Invalid token",
    detail: "The access token is not valid.",
  });
