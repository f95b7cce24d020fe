import { listed } from "../listed.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { answered, answersAt } from "./answered.ts";

export const statusUndeclared: AnswerRule = {
  id: "status-undeclared",
  severity: "error",
  title: "Every status is one that the contract describes",
  why: "Consumers handle what the contract describes; a status they never heard of ends wherever their code happens to put it.",
  fix: "Describe the answer in the contract, or answer with a status that is described there.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of answered(exchanges)) {
      if (allowed || answer.status >= 500) continue;
      const statuses = operation.answers.map(({ status }) => status);
      yield {
        message: `${said}, which the contract does not describe`,
        at: answersAt(operation),
        request,
        fix: `Describe ${answer.status} in the contract, or answer with ${listed(statuses, "or")}.`,
      };
    }
  },
};
