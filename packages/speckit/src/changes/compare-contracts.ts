import type { Compatibility, Profile } from "../model/config.ts";
import { isSwagger } from "../parse/swagger.ts";
import { isMapping, type Mapping, mapping, text } from "../parse/values.ts";
import type { ChangeRule } from "./change.ts";
import { compareAsyncApi } from "./compare-asyncapi.ts";
import { compareAvro } from "./compare-avro.ts";
import { compareEvents, compareSchemas } from "./compare-events.ts";
import { judge, type Verdict } from "./judge.ts";
import type { Occurrence } from "./occurrence.ts";
import { compareOpenApi } from "./openapi/compare-openapi.ts";
import { occurrencesOnlyIn, rulesFor } from "./profiles.ts";
import type { ContractSide } from "./schema/contract-side.ts";

export type ContractKind = "openapi" | "asyncapi" | "avro" | "events" | "schema";

export interface ComparisonOptions {
  readonly rules: readonly ChangeRule[];
  /** For events and schemas; undefined means forward for what is sent, backward for what is received and for plain schemas. */
  readonly compatibility: Compatibility | undefined;
  /** Whether events and schemas are taken to hold whatever they do not forbid; see `Variance`. */
  readonly strictContent?: boolean;
  /** Whose verdicts are wanted; `wire` unless said otherwise. */
  readonly profile?: Profile;
  /** `YYYY-MM-DD`: decides whether a sunset has passed. */
  readonly today: string;
}

/** What kind of contract a document is; undefined when it is none that can be compared. */
export function contractKindOf(value: unknown, file = ""): ContractKind | undefined {
  if (file.endsWith(".avsc")) return "avro";
  if (!isMapping(value)) return undefined;
  if (text(value.openapi)?.startsWith("3") || isSwagger(value)) return "openapi";
  if (/^[23]\./.test(text(value.asyncapi) ?? "")) return "asyncapi";
  if (Array.isArray(value.events)) return "events";
  return [
    "$schema",
    "type",
    "properties",
    "$defs",
    "definitions",
    "allOf",
    "oneOf",
    "anyOf",
    "$ref",
    "enum",
    "const",
  ].some((keyword) => keyword in value)
    ? "schema"
    : undefined;
}

/** Compares two contracts of one kind and judges what differs. Pure; equal contracts, however written, give an empty list. */
export function compareContracts(
  kind: ContractKind,
  base: ContractSide,
  revision: ContractSide,
  options: ComparisonOptions,
): Verdict[] {
  const { profile = "wire", today } = options;
  const compare = (before: ContractSide, after: ContractSide) => occurrencesIn(kind, before, after, today);
  const occurrences = [...compare(base, revision), ...occurrencesOnlyIn(profile, base, revision, compare)];
  return judge(occurrences, rulesFor(profile, options.rules), options);
}

function occurrencesIn(
  kind: ContractKind,
  base: ContractSide,
  revision: ContractSide,
  today: string,
): Occurrence[] {
  if (kind === "openapi") return compareOpenApi(base, revision, today);
  if (kind === "asyncapi") return compareAsyncApi(base, revision);
  if (kind === "avro") return compareAvro(base, revision);
  if (kind === "events") return compareEvents(base, revision);
  return compareSchemas(
    base,
    revision,
    text(mapping(revision.value).title) ?? revision.file.split("/").at(-1) ?? "",
  );
}

/** A contract as one side of a comparison; undefined when `load` has no value for it. */
export function contractSide(file: string, load: (file: string) => unknown): ContractSide | undefined {
  const value = load(file);
  return value === undefined
    ? undefined
    : { file, value, load, refSiblings: readsRefSiblings(mapping(value)) };
}

/** Whether keywords beside a `$ref` count: they do since OpenAPI 3.1 and JSON Schema 2019-09. */
export function readsRefSiblings(value: Mapping): boolean {
  const openapi = text(value.openapi);
  if (isSwagger(value)) return false;
  if (openapi !== undefined) return !openapi.startsWith("3.0");
  // AsyncAPI's schemas are a superset of draft 7.
  if (value.asyncapi !== undefined) return false;
  return !/draft-0[3-7]/.test(text(value.$schema) ?? "");
}
