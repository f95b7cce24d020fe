import type { AnswerRule } from "./answer-rule.ts";
import { aboutForm, answered } from "./answered.ts";

export const validRequestRefused: AnswerRule = {
  id: "valid-request-refused",
  severity: "info",
  title: "What the contract allows is accepted",
  why: "A client that keeps to the contract is turned away for a reason that the contract does not name.",
  fix: "Say in the schema what the service insists on, or accept the request. A rule that no schema can say is described in words.",

  *run(exchanges) {
    for (const { operation, request, answer, said } of answered(exchanges)) {
      if (!request || request.kind === "invalid" || !aboutForm.has(answer.status)) continue;
      yield {
        message: `${said} to a request that its contract allows: ${request.title}`,
        at: operation.at,
        // What the contract itself shows as an example is meant to work.
        severity: request.isExample ? "warning" : "info",
      };
    }
  },
};
