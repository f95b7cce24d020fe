import type { Node } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";
import { compareDependentRequired, compareUnlistedRequired, reportRequiredness } from "./compare-required.ts";
import { compareSubschema } from "./compare-subschemas.ts";
import type { Comparing } from "./comparing.ts";
import { unwrittenKeyword } from "./pair.ts";
import type { SchemaView } from "./schema-view.ts";

/** Properties, which of them are required, and what else an object may have. */
export function compareObjects(comparing: Comparing): void {
  const { base, revision } = comparing;
  for (const [name, schemas] of base.properties) {
    const now = revision.properties.get(name);
    if (now) compareProperty(comparing, name, schemas, now);
    else propertyRemoved(comparing, name, schemas);
  }
  for (const [name, schemas] of revision.properties) {
    if (!base.properties.has(name)) propertyAdded(comparing, name, schemas);
  }
  compareUnlistedRequired(comparing);
  compareNamed(comparing, "patternProperties");
  compareNamed(comparing, "dependentSchemas");
  compareDependentRequired(comparing);
  compareAdditional(comparing);
  compareSubschema(comparing, "propertyNames", "");
  compareSubschema(comparing, "unevaluatedProperties", ".*");
}

/** `readOnly` properties are never written by consumers, `writeOnly` ones never by the service. */
function isUnwritten(
  schemas: readonly Node[],
  side: "base" | "revision",
  { aspect, comparison }: Comparing,
): boolean {
  const { keywords } = comparison.viewOf(side, schemas);
  return keywords.get(unwrittenKeyword(aspect))?.value === true;
}

function isClosed(view: SchemaView): boolean {
  return [
    ...(view.subschemas.get("additionalProperties") ?? []),
    ...(view.subschemas.get("unevaluatedProperties") ?? []),
  ].some(({ value }) => value === false);
}

/** Takes properties that it does not name, whatever stands in them. */
function isOpen(view: SchemaView): boolean {
  return !isClosed(view) && !view.subschemas.has("additionalProperties");
}

/** Schemas that allow everything. */
function isAnything(schemas: readonly Node[]): boolean {
  return schemas.every(({ value }) => value === true || Object.keys(mapping(value)).length === 0);
}

function compareProperty(
  comparing: Comparing,
  name: string,
  before: readonly Node[],
  after: readonly Node[],
): void {
  const { base, revision, fact, below } = comparing;
  const wasUnwritten = isUnwritten(before, "base", comparing);
  const unwritten = isUnwritten(after, "revision", comparing);
  const wasRequired = base.required.has(name);
  const required = revision.required.has(name);
  const places = {
    base: base.required.get(name)?.at ?? placeOf(before),
    revision: revision.required.get(name)?.at ?? placeOf(after),
  };
  const hasDefault = comparing.comparison.viewOf("revision", after).keywords.has("default");
  if (wasRequired !== required) {
    const traits = required ? { unwritten, hasDefault } : { unwritten };
    reportRequiredness(comparing, required, { name, ...places, traits });
  }
  if (wasUnwritten !== unwritten) {
    const kind = unwritten ? "property-became-unwritten" : "property-became-written";
    fact({
      kind,
      effect: "none",
      name,
      before: null,
      after: null,
      base: placeOf(before),
      revision: placeOf(after),
      traits: { required },
    });
  }
  // What one side never writes cannot break the other, whatever it looks like.
  if (!unwritten) below(`.${name}`, before, after);
}

function propertyRemoved(comparing: Comparing, name: string, before: readonly Node[]): void {
  const { base, revision, fact } = comparing;
  const required = base.required.has(name);
  const { keywords } = comparing.comparison.viewOf("base", before);
  fact({
    kind: "property-removed",
    // A closed schema turns away what it no longer names.
    effect: isClosed(revision) ? "narrowed" : required ? "widened" : "none",
    name,
    before: name,
    after: null,
    base: placeOf(before),
    revision: revision.at,
    traits: {
      required,
      closed: isClosed(revision),
      open: isOpen(revision) && !isAnything(before),
      unwritten: isUnwritten(before, "base", comparing),
      deprecated: keywords.get("deprecated")?.value === true,
    },
  });
}

function propertyAdded(comparing: Comparing, name: string, after: readonly Node[]): void {
  const { base, revision, fact } = comparing;
  const required = revision.required.has(name);
  const wasRequired = base.required.has(name);
  fact({
    kind: required && !wasRequired ? "required-property-added" : "property-added",
    effect: required && !wasRequired ? "narrowed" : isClosed(base) ? "widened" : "none",
    name,
    before: null,
    after: name,
    base: base.at,
    revision: required && !wasRequired ? (revision.required.get(name)?.at ?? placeOf(after)) : placeOf(after),
    traits: {
      required,
      closed: isClosed(base),
      open: isOpen(base) && !isAnything(after),
      unwritten: isUnwritten(after, "revision", comparing),
      hasDefault: comparing.comparison.viewOf("revision", after).keywords.has("default"),
    },
  });
}

function compareNamed(
  { base, revision, fact, below }: Comparing,
  keyword: "patternProperties" | "dependentSchemas",
): void {
  const step = (name: string) => (keyword === "patternProperties" ? `./${name}/` : "");
  for (const [name, schemas] of base[keyword]) {
    const now = revision[keyword].get(name);
    if (now) below(step(name), schemas, now);
    else
      fact({
        kind: "subschema-removed",
        effect: "widened",
        name,
        before: name,
        after: null,
        base: placeOf(schemas),
        revision: revision.at,
        traits: { keyword },
      });
  }
  for (const [name, schemas] of revision[keyword]) {
    if (base[keyword].has(name)) continue;
    fact({
      kind: "subschema-added",
      effect: "narrowed",
      name,
      before: null,
      after: name,
      base: base.at,
      revision: placeOf(schemas),
      traits: { keyword },
    });
  }
}

function compareAdditional(comparing: Comparing): void {
  const { base, revision, fact } = comparing;
  const before = base.subschemas.get("additionalProperties");
  const after = revision.subschemas.get("additionalProperties");
  const wasClosed = before?.some(({ value }) => value === false) ?? false;
  const closed = after?.some(({ value }) => value === false) ?? false;
  if (wasClosed === closed) {
    if (!closed) compareSubschema(comparing, "additionalProperties", ".*");
    return;
  }
  fact({
    kind: closed ? "object-closed" : "object-opened",
    effect: closed ? "narrowed" : "widened",
    name: "additionalProperties",
    before: wasClosed ? "closed" : "open",
    after: closed ? "closed" : "open",
    base: before ? placeOf(before) : base.at,
    revision: after ? placeOf(after) : revision.at,
    traits: { keyword: "additionalProperties" },
  });
}

function placeOf(schemas: readonly Node[]): { file: string; pointer: string } {
  const [first] = schemas;
  return { file: first?.file ?? "", pointer: first?.pointer ?? "" };
}
