import type { ReadingProblem } from "../model/contract.ts";
import { keywordRules } from "./json-schema/keyword-problems.ts";
import { type Dialect, quote, type SchemaProblem } from "./json-schema/schema-problem.ts";
import { valueRules } from "./json-schema/value-problems.ts";
import { type Kind, walkSchemas } from "./json-schema/walk-schemas.ts";
import { joinPointer } from "./pointer.ts";
import { type LoadValue, type Node, resolveReference } from "./references.ts";
import { isMapping, type Mapping, text } from "./values.ts";

/** More than these say nothing new about a file. */
const MAX_PROBLEMS = 50;

/**
 * Finds schemas that are certainly wrong: unknown types, broken regular expressions, ranges without values, defaults that the schema turns away.
 * Reads the schemas of the document and those that its `$ref`s lead to in other files. Never throws.
 * Source: https://json-schema.org/draft/2020-12/json-schema-validation, https://spec.openapis.org/oas/v3.0.4#schema-object
 */
export function schemaProblems(
  file: string,
  root: unknown,
  kind: "openapi" | "events",
  load: LoadValue,
): ReadingProblem[] {
  const dialect = dialectOf(root, kind);
  const found: ReadingProblem[] = [];
  const known = new Set<string>();
  const queue: (Node & { readonly kind: Kind })[] = [{ file, value: root, pointer: "", kind }];
  for (let next = queue.pop(); next && found.length < MAX_PROBLEMS; next = queue.pop()) {
    const from = next.file;
    walkSchemas(next.value, next.kind, next.pointer, (schema, pointer) => {
      for (const { path, message, severity } of problemsOf(schema, dialect)) {
        const at = { file: from, pointer: joinPointer(pointer(), ...path) };
        found.push({ rule: "schema-broken", severity, message, at });
      }
      const target = targetElsewhere(schema, from, file, load);
      const key = target && `${target.file}#${target.pointer}`;
      if (!target || !key || known.has(key)) return;
      known.add(key);
      queue.push({ ...target, kind: "schema" });
    });
  }
  return found.slice(0, MAX_PROBLEMS);
}

function dialectOf(root: unknown, kind: "openapi" | "events"): Dialect {
  if (kind === "events" || !isMapping(root)) return "unstated";
  return text(root.openapi)?.startsWith("3.0") ? "3.0" : "2020-12";
}

function problemsOf(schema: unknown, dialect: Dialect): readonly SchemaProblem[] {
  if (isMapping(schema)) return problemsOfKeywords(schema, dialect);
  if (typeof schema === "boolean") return [];
  return [{ path: [], message: `${quote(schema)} stands where a schema is expected.`, severity: "error" }];
}

function problemsOfKeywords(schema: Mapping, dialect: Dialect): readonly SchemaProblem[] {
  let found: readonly SchemaProblem[] | undefined;
  const isReference = dialect === "3.0" && "$ref" in schema;
  for (const keyword in schema) {
    // In OpenAPI 3.0 whatever stands beside a reference is ignored.
    if (isReference && keyword !== "$ref") continue;
    for (const rules of [keywordRules, valueRules]) {
      const problems = rules.get(keyword)?.(schema, dialect, keyword);
      if (problems && problems.length > 0) found = [...(found ?? []), ...problems];
    }
  }
  return found ?? [];
}

/** The schema outside of the document that a `$ref` leads to; whatever the document itself has is walked anyway. */
function targetElsewhere(schema: unknown, from: string, file: string, load: LoadValue): Node | undefined {
  if (!isMapping(schema) || typeof schema.$ref !== "string") return undefined;
  if (from === file && schema.$ref.startsWith("#")) return undefined;
  const root = from === file ? undefined : load(from);
  const resolution = resolveReference(schema.$ref, { file: from, pointer: "", value: schema }, root, load);
  return resolution.kind === "found" && resolution.node.file !== file ? resolution.node : undefined;
}
