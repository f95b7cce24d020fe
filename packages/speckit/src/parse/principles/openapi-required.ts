import type { Statement } from "../../model/constitution.ts";
import { demands, forbids, plainText } from "./statement-text.ts";

/** Finds the demand for OpenAPI documents, and the version that they have to have at least. */
export function openApiRequired(statement: Statement) {
  const text = plainText(statement.text);
  const named =
    /\b(?:open ?api|swagger)\b(?:\s*(?:spec\w*\s*)?(?:v|version\s*)?(3(?:\.\d)?)(?:\.\d+|\.x|\+)?)?/i.exec(
      text,
    );
  if (!named || forbids(text)) return undefined;
  const asks =
    demands(text) || /\b(?:documented|described|defined|specified|specs?|contracts?|first)\b/i.test(text);
  return asks ? { kind: "openapi-required" as const, version: named[1], statement } : undefined;
}
