import type { JsonSchema } from "../../model/callable-operation.ts";
import { definitionOf } from "../../verify/schema/schema-errors.ts";
import { literal, property } from "./write-code.ts";

/** Deeper down a type says less than its schema. */
const MOST_DEPTH = 8;
/** A longer list of values is no help to a reader. */
const MOST_VALUES = 20;

/** A JSON Schema as a type of TypeScript. What a type cannot say, such as bounds, is left to the schema; what cannot be read is `unknown`. */
export function typeOfSchema(schema: JsonSchema, indent = ""): string {
  return new TypeWriter(schema).write(schema, indent, 0);
}

class TypeWriter {
  readonly #root: JsonSchema;

  constructor(root: JsonSchema) {
    this.#root = root;
  }

  write(schema: JsonSchema, indent: string, depth: number): string {
    if (typeof schema === "boolean") return schema ? "unknown" : "never";
    if (depth > MOST_DEPTH) return "unknown";
    const { $ref, const: only, enum: values, allOf, oneOf, anyOf } = schema;
    if (typeof $ref === "string") return this.write(definitionOf(this.#root, $ref), indent, depth + 1);
    if (only !== undefined) return literal(only);
    if (Array.isArray(values) && values.length <= MOST_VALUES)
      return union(values.map((one) => literal(one)));
    const whole = this.#ofType(schema, indent, depth);
    const parts = schemas(allOf).map((part) => this.write(part, indent, depth + 1));
    const choice = schemas(oneOf ?? anyOf).map((part) => this.write(part, indent, depth + 1));
    const all = [whole, ...parts, ...(choice.length > 0 ? [union(choice)] : [])].filter(
      (part) => part !== "unknown",
    );
    const together = [...new Set(all)];
    if (together.length < 2) return together[0] ?? "unknown";
    return together.map((part) => (part.includes(" | ") ? `(${part})` : part)).join(" & ");
  }

  #ofType(schema: Exclude<JsonSchema, boolean>, indent: string, depth: number): string {
    const types = [schema.type].flat().filter((type) => typeof type === "string");
    if (types.length > 0) return union(types.map((type) => this.#named(type, schema, indent, depth)));
    return schema.properties === undefined ? "unknown" : this.#object(schema, indent, depth);
  }

  #named(type: string, schema: Exclude<JsonSchema, boolean>, indent: string, depth: number): string {
    switch (type) {
      case "string":
      case "boolean":
      case "null":
        return type;
      case "integer":
      case "number":
        return "number";
      case "array":
        return `readonly ${bracketed(this.write(asSchema(schema.items), indent, depth + 1))}[]`;
      case "object":
        return this.#object(schema, indent, depth);
      default:
        return "unknown";
    }
  }

  #object(schema: Exclude<JsonSchema, boolean>, indent: string, depth: number): string {
    const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>);
    const { additionalProperties: others } = schema;
    if (properties.length === 0)
      return `Readonly<Record<string, ${others === false ? "never" : this.write(asSchema(others), indent, depth + 1)}>>`;
    const required = new Set([schema.required].flat());
    const deeper = `${indent}  `;
    const written = properties.map(([name, inner]) => {
      const mark = required.has(name) ? "" : "?";
      return `${deeper}readonly ${property(name)}${mark}: ${this.write(asSchema(inner), deeper, depth + 1)};`;
    });
    return `{\n${written.join("\n")}\n${indent}}`;
  }
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === "boolean" || (typeof value === "object" && value !== null)
    ? (value as JsonSchema)
    : true;
}

function schemas(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.map(asSchema) : [];
}

function union(types: readonly string[]): string {
  const all = [...new Set(types)];
  return all.includes("unknown") ? "unknown" : all.join(" | ");
}

function bracketed(type: string): string {
  return /[|&]|^readonly /.test(outside(type)) ? `(${type})` : type;
}

/** A type without the words and members in it. */
function outside(type: string): string {
  let [before, after] = [type, type.replace(/"(?:[^"\\]|\\.)*"/g, "")];
  while (before !== after) [before, after] = [after, after.replace(/\{[^{}]*\}/g, "")];
  return after;
}
