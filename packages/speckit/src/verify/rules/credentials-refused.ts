import type { Exchange } from "../exchange.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { answered, nameOf } from "./answered.ts";

/** Whether all valid requests that carried credentials were told that nobody knows these. */
export function areCredentialsRefused(exchanges: readonly Exchange[]): boolean {
  const valid = answered(exchanges).filter(
    ({ operation, request }) =>
      operation.security.length > 0 && request?.credentials === "sent" && request.kind !== "invalid",
  );
  return valid.length > 0 && valid.every(({ answer }) => answer.status === 401);
}

export const credentialsRefused: AnswerRule = {
  id: "credentials-refused",
  severity: "warning",
  title: "The credentials that were given let requests in",
  why: "Nothing was seen of what the operation does for those who may use it.",
  fix: "Give a token that is valid now and for this service; see how the contract wants it to be sent.",

  *run(exchanges) {
    const [first] = exchanges;
    if (!first || !areCredentialsRefused(exchanges)) return;
    yield {
      message: `${nameOf(first.operation)} answered 401 to every request with the credentials that were given`,
      at: first.operation.at,
    };
  },
};
