import { wasAnswered } from "../exchange.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { nameOf } from "./answered.ts";

export const noAnswer: AnswerRule = {
  id: "no-answer",
  severity: "error",
  title: "Every request is answered",
  why: "A consumer that gets no answer cannot know whether its request was carried out.",
  fix: "See whether the service crashed or is waiting for something; --timeout says how long to wait.",

  *run(exchanges) {
    for (const { operation, request, answer } of exchanges) {
      if (wasAnswered(answer)) continue;
      yield { message: `${nameOf(operation)} gave no answer: ${answer.none}`, at: operation.at, request };
    }
  },
};
