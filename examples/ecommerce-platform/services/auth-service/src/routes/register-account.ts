import { answer, type Handler, problems } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { rolesOfCustomer, sameForAllCases } from "../domain/account.ts";
import type { Credentials } from "./log-in.ts";

/** `POST /api/v1/auth/register` */
export function registerAccountHandler({ accounts, passwords, clock }: Dependencies): Handler<Credentials> {
  return async (request, reply) => {
    const email = sameForAllCases(request.body.email);
    if (await accounts.find(email)) throw emailTaken();

    const passwordHash = await passwords.hash(request.body.password);
    const userId = await accounts.add({ email, passwordHash, roles: rolesOfCustomer }, clock());
    if (!userId) throw emailTaken();
    reply.code(201);
    return answer(request, { userId });
  };
}

const emailTaken = () =>
  problems.conflict({
    type: "/problems/email-taken",
    title: "E-mail address taken",
    detail: "There is an account with this e-mail address.",
  });
