import type { Cause } from "../cause.ts";
import { operationText } from "../operation-text.ts";

export const answerUndeclared: Cause = {
  id: "answer-undeclared",
  kind: "contract",
  title: "The service answers what its contract does not describe",
  why: "Callers cannot be prepared for it. Most often the service failed in a way that nobody thought of.",
  check:
    "Find the exception behind it in the service's log, by the request's id; then verify: `speckit verify`.",

  find({ error: { status }, operations }) {
    if (status === undefined || status < 400) return [];
    const family = `${Math.floor(status / 100)}XX`;
    return operations
      .filter(({ operation }) => operation.responses.length > 0)
      .filter(
        ({ operation }) =>
          !operation.responses.some((answer) => [String(status), family, "default"].includes(answer.status)),
      )
      .slice(0, 2)
      .map((one) => ({
        text: `${operationText(one)} describes ${one.operation.responses.map((answer) => answer.status).join(", ")}, not ${status}`,
        at: one.operation.at,
      }));
  },
};
