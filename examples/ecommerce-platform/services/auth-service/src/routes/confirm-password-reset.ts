import { type Handler, Problem } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";

interface Route {
  readonly Body: { readonly token: string; readonly newPassword: string };
}

/** `POST /api/v1/auth/password-reset/confirm` */
export function confirmPasswordResetHandler({ resets, passwords, clock }: Dependencies): Handler<Route> {
  return async ({ body: { token, newPassword } }, reply) => {
    if (!(await resets.isUsable(token, clock()))) throw invalidResetToken();

    const passwordHash = await passwords.hash(newPassword);
    if (!(await resets.confirm(token, passwordHash, clock()))) throw invalidResetToken();
    return reply.code(204).send();
  };
}

const invalidResetToken = () =>
  new Problem(401, {
    type: "/problems/invalid-reset-token",
    title: "Invalid reset token",
    detail: "Request a new reset mail.",
  });
