import { groupBy } from "../../model/group-by.ts";
import { isAccepted } from "../exchange.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { answered, nameOf } from "./answered.ts";

/** So many examples show what is not looked at. */
const MOST_LISTED = 5;

export const invalidRequestAccepted: AnswerRule = {
  id: "invalid-request-accepted",
  severity: "error",
  title: "What the contract forbids is refused",
  why: "Clients come to rely on what is accepted, so that the contract can never be enforced later; and what was checked nowhere is stored.",
  fix: "Refuse such requests with a 4xx that the contract describes, or allow them in the contract.",

  *run(exchanges) {
    const accepted = answered(exchanges).filter(
      ({ request, answer, allowed }) =>
        request?.kind === "invalid" &&
        request.credentials === "sent" &&
        // Whoever is sent to where the contract does not send anybody has not been heard yet.
        (isAccepted(answer) || (answer.status < 400 && allowed !== undefined)),
    );
    // Readers of JSON Schema may take a format as a remark.
    const groups = groupBy(accepted, ({ request }) => (request?.isFormat === true ? "warning" : "error"));
    for (const [severity, group] of groups) {
      const [first] = group;
      if (!first) continue;
      const titles = group.map(({ request }) => request?.title ?? "");
      const rest = titles.length - MOST_LISTED;
      const listing = `${titles.slice(0, MOST_LISTED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
      const count = group.length === 1 ? "a request" : `${group.length} requests`;
      yield {
        message: `${nameOf(first.operation)} accepted ${count} that its contract forbids: ${listing}`,
        at: first.operation.at,
        severity,
      };
    }
  },
};
