import type { AnswerRule } from "./answer-rule.ts";
import { answered, answersAt } from "./answered.ts";

export const serverFailed: AnswerRule = {
  id: "server-failed",
  severity: "error",
  title: "No request makes the service fail",
  why: "An answer of 500 and above says that the service failed, whatever was sent; consumers can only try again.",
  fix: "Look into the service's log for this request. What a client sent is refused with a 4xx.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of answered(exchanges)) {
      if (answer.status < 500) continue;
      yield {
        message: allowed
          ? `${said}, so nothing was seen of what it does`
          : `${said}, which the contract does not describe`,
        at: allowed?.at ?? answersAt(operation),
        request,
        // What is described is meant to happen when something that the service needs is away.
        severity: allowed ? "warning" : "error",
      };
    }
  },
};
