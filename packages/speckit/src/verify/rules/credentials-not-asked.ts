import type { AnswerRule } from "./answer-rule.ts";
import { answered } from "./answered.ts";

export const credentialsNotAsked: AnswerRule = {
  id: "credentials-not-asked",
  severity: "error",
  title: "Operations that need credentials ask for them",
  why: "Anybody who reaches the service can do what only some may.",
  fix: "Check the credentials before anything else and answer 401; or say `security: []` where the operation is for everybody.",

  *run(exchanges) {
    for (const { operation, request, answer, said } of answered(exchanges)) {
      if (request?.kind !== "invalid" || request.credentials === "sent" || answer.status >= 400) continue;
      yield { message: `${said} to a request with ${request.title}`, at: operation.at };
    }
  },
};
