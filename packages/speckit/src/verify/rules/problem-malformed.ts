import { baseType } from "../allowed-answers.ts";
import { schemaErrors } from "../schema/schema-errors.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { answered, answersAt, contentTypeOf, jsonOf } from "./answered.ts";

/** Source: RFC 9457, which RFC 7807 became. Every member may be left out. */
const problemDetails = {
  type: "object",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer", minimum: 100, maximum: 599 },
    detail: { type: "string" },
    instance: { type: "string" },
  },
};

export const problemMalformed: AnswerRule = {
  id: "problem-malformed",
  severity: "error",
  title: "Problem details are as RFC 9457 says",
  why: "Consumers have one reader for all errors, which expects the members of the standard.",
  fix: "Send an object with type, title, status and detail; its status is that of the answer.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of answered(exchanges)) {
      if (baseType(contentTypeOf(answer)) !== "application/problem+json") continue;
      const read = jsonOf(answer.body);
      if (!read) continue;
      const at = allowed?.at ?? answersAt(operation);
      for (const { path, message } of schemaErrors(problemDetails, read.value))
        yield {
          message: `${said} with a problem ${path === "" ? "that" : `whose ${path}`} ${message}`,
          at,
          request,
        };
      const { status } = ((typeof read.value === "object" ? read.value : null) as { status?: unknown }) ?? {};
      if (typeof status === "number" && status !== answer.status)
        yield { message: `${said} with a problem whose status is ${status}`, at, request };
    }
  },
};
