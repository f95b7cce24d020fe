import type { ErrorObject } from "ajv";
import type { ReadingProblem } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";
import type { NodePlace } from "../model/location.ts";
import validateAsyncApi2 from "./generated/asyncapi-2.js";
import validateAsyncApi3 from "./generated/asyncapi-3.js";
import validate20 from "./generated/openapi-2.0.js";
import validate30 from "./generated/openapi-3.0.js";
import validate31 from "./generated/openapi-3.1.js";
import validate32 from "./generated/openapi-3.2.js";
import { valueAt } from "./pointer.ts";

const validators: Readonly<Record<string, typeof validate31>> = {
  "2.0": validate20,
  "3.0": validate30,
  "3.1": validate31,
  "3.2": validate32,
};
/** More than these say nothing new about a file. */
const MAX_PROBLEMS = 50;

export type OfficialProblem = ReadingProblem & { readonly at: NodePlace };

/**
 * Holds an OpenAPI document against the specification's own JSON Schema. The many errors that such a schema gives for one mistake (each branch
 * of a `oneOf` complains) come back as one problem at the deepest node concerned.
 * Source: https://swagger.io/specification/v2/, https://spec.openapis.org/oas/3.0/schema, https://spec.openapis.org/oas/3.1/schema
 */
export function validateOpenApi(file: string, value: unknown, specification: string): OfficialProblem[] {
  return problemsBy(validators[specification], file, value);
}

/** The same for an AsyncAPI document; bindings and schemas are not looked at. Source: https://github.com/asyncapi/spec-json-schemas */
export function validateAsyncApi(file: string, value: unknown, specification: string): OfficialProblem[] {
  const [major = ""] = specification.split(".");
  return problemsBy({ "2": validateAsyncApi2, "3": validateAsyncApi3 }[major], file, value);
}

function problemsBy(
  validate: typeof validate31 | undefined,
  file: string,
  value: unknown,
): OfficialProblem[] {
  if (!validate || validate(value)) return [];
  return distil(validate.errors ?? [], value)
    .slice(0, MAX_PROBLEMS)
    .map(({ pointer, message }) => ({ rule: "contract-invalid", message, at: { file, pointer } }));
}

/** Turns the errors of a validator into one message a node. */
function distil(errors: readonly ErrorObject[], root: unknown): { pointer: string; message: string }[] {
  const real = errors.filter(({ keyword }) => !["if", "oneOf", "anyOf", "allOf", "not"].includes(keyword));
  const choices = new Set(
    errors
      .filter(({ keyword }) => keyword === "oneOf" || keyword === "anyOf")
      .map(({ instancePath }) => instancePath),
  );
  const byPath = groupBy(real, ({ instancePath }) => instancePath);
  const paths = [...byPath.keys()].sort();
  return paths.flatMap((path, index) => {
    const deeper = paths[index + 1]?.startsWith(`${path}/`) ?? false;
    const own = (byPath.get(path) ?? []).filter(
      (error) =>
        (!deeper || !isAlternative(error, choices.has(path))) && !isOtherKind(error, path, paths, choices),
    );
    const message = describe(own, valueAt(root, path));
    return message ? [{ pointer: path, message }] : [];
  });
}

/** Whether a value such as `type: file` is asked for by a branch that was never meant: another branch got further, and complains elsewhere. */
function isOtherKind(
  { keyword }: ErrorObject,
  path: string,
  paths: readonly string[],
  choices: ReadonlySet<string>,
): boolean {
  const parent = path.slice(0, path.lastIndexOf("/"));
  return (
    keyword === "enum" &&
    choices.has(parent) &&
    paths.some((other) => other !== path && other.startsWith(`${parent}/`))
  );
}

/** An error of one branch among several says little once something deeper was found to be wrong. */
function isAlternative({ schemaPath, keyword }: ErrorObject, isChoice: boolean): boolean {
  return (
    /\/(?:oneOf|anyOf)\//.test(schemaPath) ||
    /Reference\/required$/.test(schemaPath) ||
    keyword.startsWith("unevaluated") ||
    (isChoice && (keyword === "additionalProperties" || keyword === "required"))
  );
}

function describe(errors: readonly ErrorObject[], value: unknown): string | undefined {
  const pick = (keyword: string) => errors.filter((error) => error.keyword === keyword);
  const types = pick("type").flatMap(({ params }) => params.type as string | string[]);
  if (types.length > 0) return `${quote(value)} stands where ${article([...new Set(types)])} is expected.`;
  const allowed = [...new Set(pick("enum").flatMap(({ params }) => params.allowedValues as unknown[]))];
  if (allowed.length > 0 && !allowed.includes(value))
    return `${quote(value)} is none of ${allowed.join(", ")}.`;
  const unknown = unknownMembers(errors);
  if (unknown.length > 0) return `The specification knows no ${list(unknown)} here.`;
  const missing = [...new Set(pick("required").map(({ params }) => params.missingProperty as string))];
  const wanted = missing.length > 1 ? missing.filter((name) => name !== "$ref") : missing;
  if (wanted.length > 0) {
    const alternatives = pick("required").every((error) => isAlternative(error, false));
    return `${list(wanted, alternatives ? "or" : "and")} is missing.`;
  }
  const [first] = errors;
  return first && `${quote(value)} ${first.message ?? "is not valid"}.`;
}

/** Members that no branch knows; where the branches have nothing in common, all that some branch does not know. */
function unknownMembers(errors: readonly ErrorObject[]): string[] {
  const named = errors.flatMap(({ schemaPath, params }) => {
    const name = (params.additionalProperty ?? params.unevaluatedProperty) as string | undefined;
    return name === undefined ? [] : [{ schemaPath, name }];
  });
  const branches = [...groupBy(named, ({ schemaPath }) => schemaPath).values()];
  const all = [...new Set(named.map(({ name }) => name))];
  const common = all.filter((name) => branches.every((branch) => branch.some((one) => one.name === name)));
  return common.length > 0 ? common : all;
}

function list(names: readonly string[], last = "and"): string {
  const quoted = names.map((name) => `'${name}'`);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} ${last} ${quoted.at(-1)}`;
}

function article(types: readonly string[]): string {
  return types.map((type) => `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`).join(" or ");
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
