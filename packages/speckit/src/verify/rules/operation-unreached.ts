import { type Exchange, isAccepted, wasAnswered } from "../exchange.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { nameOf } from "./answered.ts";
import { areCredentialsRefused } from "./credentials-refused.ts";

export const operationUnreached: AnswerRule = {
  id: "operation-unreached",
  severity: "info",
  title: "Every operation accepted a valid request",
  why: "Only refusals were seen, so that nothing is known about what the operation answers when it works.",
  fix: "Name what exists with --set NAME=VALUE, give a token that is allowed to, or add an example to the contract.",

  *run(exchanges) {
    const valid = exchanges.filter(({ request }) => request !== undefined && request.kind !== "invalid");
    const [first] = valid;
    // That is said already.
    if (areCredentialsRefused(exchanges)) return;
    if (!first || valid.some(({ answer }) => isAccepted(answer) || isRedirect(answer))) return;
    const statuses = valid.flatMap(({ answer }) =>
      wasAnswered(answer) ? [String(answer.status)] : ["no answer"],
    );
    const seen = [...new Set(statuses)].sort().join(", ");
    yield {
      message: `No valid request to ${nameOf(first.operation)} was accepted (${seen})`,
      at: first.operation.at,
    };
  },
};

function isRedirect(answer: Exchange["answer"]): boolean {
  return wasAnswered(answer) && answer.status >= 300 && answer.status < 400;
}
