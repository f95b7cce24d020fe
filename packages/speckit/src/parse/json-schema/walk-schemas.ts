import { joinPointer } from "../pointer.ts";
import { isMapping } from "../values.ts";

/** What stands at a key: one node, a mapping of names to nodes, a list of nodes, or (draft 7) one or a list. */
type Arity = "one" | "map" | "list" | "one-or-list";
type Shape = Readonly<Record<string, readonly [Arity, Kind]>>;
export type Kind =
  | "openapi"
  | "components"
  | "pathItem"
  | "operation"
  | "callback"
  | "parameter"
  | "response"
  | "mediaType"
  | "events"
  | "event"
  | "schema";

const operations: Shape = Object.fromEntries(
  ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].map((method) => [
    method,
    ["one", "operation"] as const,
  ]),
);
/**
 * Where schemas stand in an OpenAPI document and in a file of event types, and where sub-schemas stand in a schema. Names are never taken for
 * keywords: a property called `items` is no list.
 */
const shapes: Readonly<Record<Kind, Shape>> = {
  openapi: {
    paths: ["map", "pathItem"],
    webhooks: ["map", "pathItem"],
    components: ["one", "components"],
  },
  components: {
    schemas: ["map", "schema"],
    responses: ["map", "response"],
    parameters: ["map", "parameter"],
    requestBodies: ["map", "response"],
    headers: ["map", "parameter"],
    callbacks: ["map", "callback"],
    pathItems: ["map", "pathItem"],
  },
  pathItem: { parameters: ["list", "parameter"], ...operations },
  operation: {
    parameters: ["list", "parameter"],
    requestBody: ["one", "response"],
    responses: ["map", "response"],
    callbacks: ["map", "callback"],
  },
  // Its keys are URLs, each with a path item.
  callback: {},
  parameter: { schema: ["one", "schema"], content: ["map", "mediaType"] },
  response: { content: ["map", "mediaType"], headers: ["map", "parameter"] },
  mediaType: { schema: ["one", "schema"] },
  events: {
    events: ["list", "event"],
    definitions: ["map", "schema"],
    $defs: ["map", "schema"],
    schemas: ["map", "schema"],
    components: ["one", "components"],
  },
  event: { schema: ["one", "schema"] },
  schema: {
    properties: ["map", "schema"],
    patternProperties: ["map", "schema"],
    dependentSchemas: ["map", "schema"],
    $defs: ["map", "schema"],
    definitions: ["map", "schema"],
    allOf: ["list", "schema"],
    anyOf: ["list", "schema"],
    oneOf: ["list", "schema"],
    prefixItems: ["list", "schema"],
    items: ["one-or-list", "schema"],
    additionalItems: ["one", "schema"],
    additionalProperties: ["one", "schema"],
    unevaluatedItems: ["one", "schema"],
    unevaluatedProperties: ["one", "schema"],
    propertyNames: ["one", "schema"],
    contains: ["one", "schema"],
    contentSchema: ["one", "schema"],
    not: ["one", "schema"],
    if: ["one", "schema"],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: ["one", "schema"],
    else: ["one", "schema"],
  },
};

/** Called for every schema, with its pointer still to be written: most schemas are never named. */
export type VisitSchema = (schema: unknown, pointer: () => string) => void;

/** Visits every schema below `root`, which is of that kind and stands at `base`. A node that aliases share is visited once. */
export function walkSchemas(root: unknown, kind: Kind, base: string, visit: VisitSchema): void {
  const path: (string | number)[] = [];
  const seen = new Set<object>();
  const pointer = () => joinPointer(base, ...path);

  const node = (value: unknown, as: Kind): void => {
    if (as === "schema") visit(value, pointer);
    if (!isMapping(value) || seen.has(value)) return;
    seen.add(value);
    if (as === "callback") members(value, "pathItem");
    const shape = shapes[as];
    for (const key in value) {
      const child = Object.hasOwn(shape, key) ? shape[key] : undefined;
      if (!child) continue;
      path.push(key);
      collection(value[key], ...child);
      path.pop();
    }
  };
  const collection = (value: unknown, arity: Arity, as: Kind): void => {
    if (arity === "one" || (arity === "one-or-list" && !Array.isArray(value))) node(value, as);
    else if (arity === "map" ? isMapping(value) : Array.isArray(value)) members(value as object, as);
  };
  const members = (values: object, as: Kind): void => {
    for (const [key, member] of Object.entries(values)) {
      path.push(key);
      node(member, as);
      path.pop();
    }
  };
  node(root, kind);
}
