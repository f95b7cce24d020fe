import type { AnswerRule } from "./answer-rule.ts";
import { described } from "./answered.ts";

export const headerMissing: AnswerRule = {
  id: "header-missing",
  severity: "error",
  title: "Answers have the headers that the contract requires",
  why: "Consumers that rely on the header, such as Location or Retry-After, cannot go on.",
  fix: "Send the header, or make it optional in the contract.",

  *run(exchanges) {
    for (const { request, answer, allowed, said } of described(exchanges)) {
      for (const { name, required } of allowed.headers) {
        if (!required || answer.headers[name.toLowerCase()] !== undefined) continue;
        yield { message: `${said} without the header ${name}`, at: allowed.at, request };
      }
    }
  },
};
