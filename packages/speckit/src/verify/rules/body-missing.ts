import type { AnswerRule } from "./answer-rule.ts";
import { described, mayHaveBody } from "./answered.ts";

export const bodyMissing: AnswerRule = {
  id: "body-missing",
  severity: "error",
  title: "Answers that the contract gives a body have one",
  why: "Consumers read what the contract promises and find nothing.",
  fix: "Send the body, or take its description out of the contract.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of described(exchanges)) {
      if (!mayHaveBody(operation, answer.status) || answer.body !== "" || allowed.contents.length === 0)
        continue;
      // An empty file is a file.
      if (allowed.contents.every(({ mediaType }) => !/json|xml|\*/.test(mediaType))) continue;
      yield { message: `${said} without the body that the contract describes`, at: allowed.at, request };
    }
  },
};
