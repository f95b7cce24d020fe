import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { JsonSchema } from "../../src/model/callable-operation.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

/** What another validator says: nothing, or what is wrong. */
export function ajvErrors(schema: JsonSchema, value: unknown): string[] {
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
