import type { Mapping } from "../values.ts";

/** Which rules a schema follows: `3.0` is OpenAPI 3.0's own dialect, the others are JSON Schema. Event files say none, so they get the common ground. */
export type Dialect = "3.0" | "2020-12" | "unstated";

/** Something wrong with a schema, found at `path` below it. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly severity: "error" | "warning" | "info";
}

/** Judges one keyword that the schema has. */
export type KeywordRule = (schema: Mapping, dialect: Dialect, keyword: string) => readonly SchemaProblem[];

/** A value as it is shown in messages. */
export function quote(value: unknown): string {
  if (typeof value === "string") return `'${shorten(value)}'`;
  return shorten(JSON.stringify(value) ?? "nothing");
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
