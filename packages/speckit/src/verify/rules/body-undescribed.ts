import { baseType } from "../allowed-answers.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { contentTypeOf, described, mayHaveBody } from "./answered.ts";

export const bodyUndescribed: AnswerRule = {
  id: "body-undescribed",
  severity: "info",
  title: "Every body is described",
  why: "What is in the body can change at any time without anybody noticing.",
  fix: "Describe the body in the contract, or leave it out.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of described(exchanges)) {
      if (!mayHaveBody(operation, answer.status) || answer.body === "" || allowed.contents.length > 0)
        continue;
      const mediaType = baseType(contentTypeOf(answer)) || "some text";
      yield {
        message: `${said} with ${mediaType}, and the contract describes no body`,
        at: allowed.at,
        request,
      };
    }
  },
};
