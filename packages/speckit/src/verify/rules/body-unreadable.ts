import { isJson } from "../allowed-answers.ts";
import { quote } from "../schema/schema-errors.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { answered, answersAt, contentTypeOf, jsonOf, mayHaveBody } from "./answered.ts";

export const bodyUnreadable: AnswerRule = {
  id: "body-unreadable",
  severity: "error",
  title: "Bodies that are said to be JSON can be read",
  why: "Consumers stop at the first character that is no JSON.",
  fix: "Send JSON, or say what it is in Content-Type.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of answered(exchanges)) {
      const mediaType = contentTypeOf(answer);
      if (!isJson(mediaType) || answer.body === "" || !mayHaveBody(operation, answer.status)) continue;
      if (jsonOf(answer.body)) continue;
      yield {
        message: `${said} with ${mediaType} that is no JSON: ${quote(answer.body)}`,
        at: allowed?.at ?? answersAt(operation),
        request,
        key: "no JSON",
      };
    }
  },
};
