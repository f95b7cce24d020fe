import { listed } from "../listed.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { aboutForm, described } from "./answered.ts";

export const refusedOtherwise: AnswerRule = {
  id: "refused-otherwise",
  severity: "warning",
  title: "Requests are refused with the status that says why",
  why: "Clients decide by the status what to do: correct the body, sign in, or send another media type.",
  fix: "Answer with the status that the contract describes for this reason.",

  *run(exchanges) {
    for (const { request, answer, allowed, said } of described(exchanges)) {
      if (request?.kind !== "invalid" || request.refusals.length === 0) continue;
      const isExpected = request.refusals.includes(String(answer.status));
      // Who may not do it, or what is not there, may be said first.
      if (isExpected || !(aboutForm.has(answer.status) || isUninvited(request.credentials, answer.status)))
        continue;
      yield {
        message: `${said} where the contract has ${listed(request.refusals, "or")}`,
        at: allowed.at,
        request,
      };
    }
  },
};

/** Without credentials nothing comes before the question who asks; only that there is nothing at all may be pretended. */
function isUninvited(credentials: string, status: number): boolean {
  return credentials !== "sent" && status >= 400 && status < 500 && ![401, 403, 404, 429].includes(status);
}
