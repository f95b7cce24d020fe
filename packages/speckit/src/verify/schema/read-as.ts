import type { JsonSchema } from "../../model/callable-operation.ts";
import { isValid } from "./schema-errors.ts";

/**
 * Whether a value is valid once it has been a text, as in a parameter or a header: `7` is a number to those who want one and a text to others.
 */
export function isReadAs(schema: JsonSchema, value: unknown): boolean {
  const text = String(value);
  const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
  const readings = [
    text,
    ...(isNumber ? [Number(text)] : []),
    ...(text === "true" || text === "false" ? [text === "true"] : []),
  ];
  return readings.some((reading) => isValid(schema, reading));
}
