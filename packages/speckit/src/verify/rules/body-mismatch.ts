import { allowedContent, isJson } from "../allowed-answers.ts";
import { type SchemaError, schemaErrors } from "../schema/schema-errors.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { contentTypeOf, described, jsonOf, mayHaveBody } from "./answered.ts";

/** More than these say nothing new about one answer. */
const MOST_ERRORS = 10;

export const bodyMismatch: AnswerRule = {
  id: "body-mismatch",
  severity: "error",
  title: "Bodies are as their schemas say",
  why: "Consumers are written, and often generated, from the schema; what differs from it breaks them.",
  fix: "Answer as the schema says, or correct the schema.",

  *run(exchanges) {
    for (const { operation, request, answer, allowed, said } of described(exchanges)) {
      // What comes of a request that should have been refused is not promised to anybody.
      if (request?.kind === "invalid" && answer.status < 400) continue;
      const mediaType = contentTypeOf(answer);
      const schema = allowedContent(allowed, mediaType)?.schema;
      if (schema === undefined || !isJson(mediaType) || !mayHaveBody(operation, answer.status)) continue;
      const read = jsonOf(answer.body);
      if (!read) continue;
      for (const error of schemaErrors(schema, read.value).slice(0, MOST_ERRORS))
        yield {
          message: `${said} with a body ${saying(error)}`,
          at: allowed.at,
          request,
          key: keyOf(error),
        };
    }
  },
};

function saying({ path, message }: SchemaError): string {
  return path === "" ? `that ${message}` : `whose ${path} ${message}`;
}

/** The same mistake has the same key at every item of a list and with every value. */
function keyOf({ path, message }: SchemaError): string {
  const rule = message.replace(/^is .*?, (?=and |which )/s, "is …, ").replace(/^is [^,]*: /, "is …: ");
  return `${path.replace(/\[\d+\]/g, "[]")} ${rule}`;
}
