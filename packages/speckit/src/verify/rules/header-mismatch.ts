import { mergeSchemas } from "../schema/merged-schema.ts";
import { isReadAs } from "../schema/read-as.ts";
import { schemaErrors } from "../schema/schema-errors.ts";
import type { AnswerRule } from "./answer-rule.ts";
import { described } from "./answered.ts";

export const headerMismatch: AnswerRule = {
  id: "header-mismatch",
  severity: "error",
  title: "Headers are as their schemas say",
  why: "Consumers read the header as the contract describes it.",
  fix: "Send the header as the schema says, or correct the schema.",

  *run(exchanges) {
    for (const { request, answer, allowed, said } of described(exchanges)) {
      for (const { name, schema } of allowed.headers) {
        const value = answer.headers[name.toLowerCase()];
        const { types } = mergeSchemas([schema], schema, () => 0);
        // Lists and objects are written in many ways.
        if (value === undefined || types?.some((type) => type === "array" || type === "object")) continue;
        if (isReadAs(schema, value)) continue;
        const [error] = schemaErrors(schema, value);
        yield {
          message: `${said} with a header ${name} that ${error?.message ?? "is not allowed"}`,
          at: allowed.at,
          request,
          key: name,
        };
      }
    }
  },
};
