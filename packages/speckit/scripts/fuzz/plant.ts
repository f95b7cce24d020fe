import type { Random } from "./random.ts";

type Mapping = Record<string, unknown>;

/** Makes one change somewhere in the schemas of a contract, in place. False when there is nothing to change. */
export function plant(root: unknown, random: Random): boolean {
  const objects = objectSchemasIn(root);
  if (objects.length === 0) return false;
  const schema = random.pick(objects);
  const properties = schema.properties as Mapping;
  const names = Object.keys(properties);
  if (names.length === 0) return false;
  random.pick(changes)(schema, properties, random.pick(names));
  return true;
}

const changes: readonly ((schema: Mapping, properties: Mapping, name: string) => void)[] = [
  (schema, properties, name) => {
    delete properties[name];
    if (Array.isArray(schema.required)) schema.required = schema.required.filter((other) => other !== name);
  },
  (_, properties) => {
    properties.planted = { type: "string" };
  },
  (schema, properties) => {
    properties.planted = { type: "string" };
    schema.required = [...(Array.isArray(schema.required) ? schema.required : []), "planted"];
  },
  (_, properties, name) => {
    properties[name] = { type: "boolean", description: "Planted" };
  },
  (_, properties, name) => {
    properties[name] = { type: "string", maxLength: 3 };
  },
  (_, properties, name) => {
    properties[name] = { type: "string", enum: ["planted"] };
  },
];

function objectSchemasIn(value: unknown): Mapping[] {
  if (typeof value !== "object" || value === null) return [];
  const own = value as Mapping;
  const isOne = own.type === "object" && typeof own.properties === "object" && own.properties !== null;
  return [...(isOne ? [own] : []), ...Object.values(value).flatMap(objectSchemasIn)];
}
