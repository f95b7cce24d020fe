import { isMapping, type Mapping } from "../values.ts";
import type { Origins } from "./origins.ts";

/** Members of a parameter or header that describe it; all others describe its value. */
const own = new Set(["name", "in", "required", "description", "allowEmptyValue", "collectionFormat"]);

/** How lists are written: the style and `explode` of OpenAPI 3. What it has no word for keeps the old one. */
const listStyles: Readonly<Record<string, Mapping>> = {
  csv: { explode: false },
  multi: { style: "form", explode: true },
  ssv: { style: "spaceDelimited", explode: false },
  pipes: { style: "pipeDelimited", explode: false },
  tsv: { style: "tabDelimited", explode: false },
};

/** A parameter outside of the body, or a header: what it says about its value becomes its schema. */
export function upgradeParameter(value: unknown, at: string, origin: string, origins: Origins): unknown {
  origins.add(at, origin);
  if (!isMapping(value) || "$ref" in value || value.in === "body" || value.in === "formData") return value;
  origins.add(`${at}/schema`, origin);
  const isList = value.type === "array";
  return {
    ...described(value),
    ...(isList ? (listStyles[String(value.collectionFormat ?? "csv")] ?? {}) : {}),
    schema: schemaOf(value),
  };
}

function described(value: Mapping): Mapping {
  const kept = Object.entries(value).filter(
    ([key]) => key !== "collectionFormat" && (own.has(key) || key.startsWith("x-")),
  );
  return Object.fromEntries(kept);
}

/** What a parameter says about its value. A file is a text of bytes. */
export function schemaOf(value: Mapping): Mapping {
  const schema = Object.fromEntries(
    Object.entries(value).filter(([key]) => !own.has(key) && !key.startsWith("x-")),
  );
  return value.type === "file" ? { ...schema, type: "string", format: "binary" } : schema;
}
