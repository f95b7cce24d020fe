import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifySchemaValidationError } from "fastify";
import { pointerToken } from "./json-body.ts";
import type { ProblemPlace } from "./problem.ts";

const base: Options = {
  // The first mistake is enough for a caller, and finding all of them is work that a stranger could ask for.
  allErrors: false,
  // Contracts carry words that are no JSON Schema: `example`, `discriminator`, `xml`.
  strict: false,
  useDefaults: true,
  removeAdditional: false,
  // Compiled once at the start; ajv's own check of a schema against its meta schema is what validate-contracts does.
  validateSchema: false,
};

/** A schema of one part of a request, as Fastify hands it over. */
interface Part {
  readonly schema: unknown;
  readonly httpPart?: string;
}

/**
 * Compiles the schemas of requests, whose `$ref`s point into `document`. Bodies are taken as they are: `"2"` is no integer. Parameters and
 * headers are text on the wire and are turned into what their schema wants.
 */
export function createValidatorCompiler(document: object): (part: Part) => ValidateFunction {
  const body = schemaCompiler(document);
  // A parameter that may be repeated and is not is a list of one.
  const parameter = schemaCompiler(document, { coerceTypes: "array" });
  return ({ schema, httpPart }) => (httpPart === "body" ? body : parameter)(schema);
}

/** Compiles schemas of a contract, with whatever they refer to in it. */
export function schemaCompiler(
  document: object,
  options: Options = {},
): (schema: unknown) => ValidateFunction {
  const ajv = new Ajv2020({ ...base, ...options });
  // A CommonJS module: its function is `default` for some loaders and the module for others.
  (addFormats.default ?? addFormats)(ajv);
  // The format of ajv-formats takes `urn:uuid:` before it too, which PostgreSQL refuses.
  ajv.addFormat("uuid", /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);
  ajv.addSchema(document, contractId);
  return (schema) => ajv.compile(pointingInto(schema) as object);
}

/** The name under which ajv knows the whole contract, so that a schema may refer to any other, and to itself. */
const contractId = "contract:";

function pointingInto(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointingInto);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) =>
    name === "$ref" && typeof inner === "string" && inner.startsWith("#")
      ? [name, contractId + inner]
      : [name, pointingInto(inner)],
  );
  return Object.fromEntries(entries);
}

/** Where in a body the schema does not hold, as JSON Pointers. */
export function placesInBody(errors: readonly FastifySchemaValidationError[]): ProblemPlace[] {
  return errors.map((error) => ({
    path: error.instancePath + (named(error) === undefined ? "" : `/${pointerToken(named(error) ?? "")}`),
    message: messageOf(error),
  }));
}

/** Which parameters do not match, by name. */
export function placesInParameters(errors: readonly FastifySchemaValidationError[]): ProblemPlace[] {
  return errors.map((error) => ({
    path: named(error) ?? error.instancePath.slice(1),
    message: messageOf(error),
  }));
}

/** The property that is missing or too much, which ajv tells beside the place of its object. */
function named({ params }: FastifySchemaValidationError): string | undefined {
  const { missingProperty, additionalProperty, unevaluatedProperty } = params as ErrorObject["params"];
  return missingProperty ?? additionalProperty ?? unevaluatedProperty;
}

function messageOf({
  keyword,
  message = "does not match its schema",
  params,
}: FastifySchemaValidationError): string {
  if (keyword === "required") return "is missing";
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties") return "is not known here";
  if (keyword === "enum")
    return `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(", ")}`;
  if (keyword === "const")
    return `must be ${JSON.stringify((params as { allowedValue: unknown }).allowedValue)}`;
  return message;
}
