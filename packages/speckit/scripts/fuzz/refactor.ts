import type { Random } from "./random.ts";

type Value = unknown;
type Mapping = Record<string, Value>;

/** A way to write a contract anew that changes nothing on the wire. May change `root` in place; `files` takes what it moves elsewhere. */
type Refactoring = (root: Mapping, random: Random, files: Map<string, Value>) => void;

/** Ways that change nothing, by name. */
export const refactorings: Readonly<Record<string, Refactoring>> = {
  "keys in another order": (root, random) => {
    forEachMapping(root, (mapping) => {
      const entries = shuffled(Object.entries(mapping), random);
      for (const [key] of entries) delete mapping[key];
      Object.assign(mapping, Object.fromEntries(entries));
    });
  },
  "lists whose order says nothing in another order": (root, random) => {
    forEachMapping(root, (mapping) => {
      for (const key of ["required", "enum", "parameters"]) {
        const list = mapping[key];
        if (Array.isArray(list)) mapping[key] = shuffled(list, random);
      }
    });
  },
  "schemas under other names": (root) => {
    const schemas = schemasOf(root);
    for (const name of Object.keys(schemas)) {
      schemas[`${name}Renamed`] = schemas[name];
      delete schemas[name];
    }
    forEachReference(root, (ref) =>
      ref.startsWith(HOME) ? ref.replace(/^(#\/components\/schemas\/[^/]+)/, "$1Renamed") : ref,
    );
  },
  "references written out": (root) => {
    const schemas = structuredClone(schemasOf(root));
    forEachMapping(root, (mapping) => {
      const name =
        typeof mapping.$ref === "string" && mapping.$ref.startsWith(HOME)
          ? mapping.$ref.slice(HOME.length)
          : "";
      const target = schemas[name];
      // Keywords beside a reference count in 3.1 and do not in 3.0; such a place stays as it is.
      if (!isMapping(target) || Object.keys(mapping).length > 1 || mentions(target, name, schemas, new Set()))
        return;
      delete mapping.$ref;
      Object.assign(mapping, structuredClone(target));
    });
  },
  "schemas taken out": (root, random) => {
    const schemas = schemasOf(root);
    // Done a second time it must not take the names of the first.
    let count = Object.keys(schemas).length;
    forEachProperty(root, (properties, name, schema) => {
      if ("$ref" in schema || !random.chance(0.5)) return;
      const title = `Extracted${count++}`;
      schemas[title] = schema;
      properties[name] = { $ref: HOME + title };
    });
  },
  "schemas put into an allOf of one": (root, random) => {
    forEachProperty(root, (properties, name, schema) => {
      if (!("$ref" in schema) && random.chance(0.5)) properties[name] = { allOf: [schema] };
    });
  },
  "schemas moved to another file": (root, _, files) => {
    const moved = schemasOf(root);
    if (Object.keys(moved).length === 0) return;
    const elsewhere = "shared/schemas.json";
    forEachReference(moved, (ref) => (ref.startsWith(HOME) ? `#/${ref.slice(HOME.length)}` : ref));
    files.set(elsewhere, moved);
    delete (root.components as Mapping).schemas;
    forEachReference(root, (ref) => (ref.startsWith(HOME) ? `${elsewhere}#/${ref.slice(HOME.length)}` : ref));
  },
};

const HOME = "#/components/schemas/";

function schemasOf(root: Mapping): Mapping {
  root.components ??= {};
  const components = root.components as Mapping;
  components.schemas ??= {};
  return components.schemas as Mapping;
}

function isMapping(value: Value): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function forEachMapping(value: Value, visit: (mapping: Mapping) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (isMapping(value)) visit(value);
  for (const [key, member] of Object.entries(value)) if (!isData(key)) forEachMapping(member, visit);
}

/** What stands there is a value of the contract's users, not of the contract. */
function isData(key: string): boolean {
  return key === "example" || key === "examples" || key === "default" || key === "const";
}

function forEachReference(value: Value, change: (ref: string) => string): void {
  forEachMapping(value, (mapping) => {
    if (typeof mapping.$ref === "string") mapping.$ref = change(mapping.$ref);
    const targets = isMapping(mapping.discriminator) ? mapping.discriminator.mapping : undefined;
    if (!isMapping(targets)) return;
    for (const [key, ref] of Object.entries(targets)) if (typeof ref === "string") targets[key] = change(ref);
  });
}

/** Schemas of properties, wherever they stand. */
function forEachProperty(
  root: Value,
  visit: (properties: Mapping, name: string, schema: Mapping) => void,
): void {
  const found: [Mapping, string, Mapping][] = [];
  forEachMapping(root, ({ type, properties }) => {
    if (type !== "object" || !isMapping(properties)) return;
    for (const [name, schema] of Object.entries(properties))
      if (isMapping(schema)) found.push([properties, name, schema]);
  });
  for (const place of found) visit(...place);
}

/** Whether a schema leads back to the one called `name`. */
function mentions(value: Value, name: string, schemas: Mapping, seen: Set<string>): boolean {
  let found = false;
  forEachMapping(value, ({ $ref, discriminator }) => {
    // The branches of a discriminator are known by their names, which would be lost.
    if (discriminator !== undefined) found = true;
    if (typeof $ref !== "string" || !$ref.startsWith(HOME)) return;
    const other = $ref.slice(HOME.length);
    if (other === name) found = true;
    else if (!seen.has(other)) {
      seen.add(other);
      found ||= mentions(schemas[other], name, schemas, seen);
    }
  });
  return found;
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  const left = [...list];
  const result: T[] = [];
  while (left.length > 0) result.push(...left.splice(random.below(left.length), 1));
  return result;
}
