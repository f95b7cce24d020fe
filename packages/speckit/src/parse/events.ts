import type { EventContract, EventField, EventType, ReadingProblem } from "../model/contract.ts";
import { schemaProblems } from "./json-schema.ts";
import { joinPointer } from "./pointer.ts";
import { type LoadValue, type Node, resolveReference } from "./references.ts";
import type { Tree } from "./tree.ts";
import { isMapping, list, mapping, strings, text } from "./values.ts";
import { walkReferences } from "./walk-references.ts";

/** Reads a file of event types: `{ "events": [ { "eventType", "version", "schema", "consumers" } ] }`. Never throws. */
export function parseEvents({ file, value, problems }: Tree, load: LoadValue): EventContract {
  const entries = mapping(value).events;
  const { unresolved, references } = walkReferences(file, value, load);
  const reader = new FieldReader(file, value, load);
  const shape: ReadingProblem[] = Array.isArray(entries)
    ? entries.flatMap((entry, index) => entryProblems(file, entry, index))
    : [
        {
          rule: "contract-invalid",
          message: "'events' is not a list of event types.",
          at: { file, pointer: "/events" },
        },
      ];
  return {
    kind: "events",
    file,
    events: list(entries).flatMap((entry, index) => eventType(file, entry, index, reader) ?? []),
    problems: [...problems, ...shape, ...schemaProblems(file, value, "events", load), ...unresolved],
    references,
  };
}

function entryProblems(file: string, entry: unknown, index: number): ReadingProblem[] {
  const at = { file, pointer: `/events/${index}` };
  if (!isMapping(entry))
    return [{ rule: "contract-invalid", message: "An event type is not an object.", at }];
  if (text(entry.eventType) === undefined)
    return [{ rule: "contract-invalid", message: "'eventType' is missing.", at }];
  if (entry.consumers !== undefined && !Array.isArray(entry.consumers)) {
    const message = "'consumers' is not a list of service names.";
    return [{ rule: "contract-invalid", message, at: { file, pointer: `${at.pointer}/consumers` } }];
  }
  return [];
}

function eventType(file: string, entry: unknown, index: number, reader: FieldReader): EventType | undefined {
  const members = mapping(entry);
  const event = text(members.eventType);
  if (event === undefined) return undefined;
  const pointer = `/events/${index}`;
  const schema: Node = { file, pointer: `${pointer}/schema`, value: members.schema };
  const hasSchema = isMapping(members.schema) && Object.keys(members.schema).length > 0;
  return {
    event,
    version: text(members.version),
    description: text(members.description),
    consumers: list(members.consumers).flatMap((name, position) => {
      const service = text(name);
      return service === undefined
        ? []
        : [{ service, at: { file, pointer: `${pointer}/consumers/${position}` } }];
    }),
    hasSchema,
    envelope: hasSchema ? reader.fields(schema) : undefined,
    payload: hasSchema ? reader.fieldsOf(schema, "data") : undefined,
    constantType: hasSchema ? reader.constant(schema, "eventType") : undefined,
    constantVersion: hasSchema
      ? (reader.constant(schema, "eventVersion") ?? reader.constant(schema, "version"))
      : undefined,
    at: { file, pointer },
  };
}

/** Finds the properties of a schema, through `$ref` and `allOf`. */
class FieldReader {
  readonly #file: string;
  readonly #root: unknown;
  readonly #load: LoadValue;

  constructor(file: string, root: unknown, load: LoadValue) {
    this.#file = file;
    this.#root = root;
    this.#load = load;
  }

  fields(schema: Node): EventField[] {
    const parts = this.#parts(schema);
    const required = new Set(parts.flatMap(({ value }) => strings(mapping(value).required)));
    const fields = new Map<string, EventField>();
    for (const part of parts) {
      for (const name of Object.keys(mapping(mapping(part.value).properties))) {
        if (fields.has(name)) continue;
        const at = { file: part.file, pointer: joinPointer(part.pointer, "properties", name) };
        fields.set(name, { name, required: required.has(name), at });
      }
    }
    return [...fields.values()];
  }

  /** The fields of one property; undefined when the schema says nothing about them. */
  fieldsOf(schema: Node, name: string): EventField[] | undefined {
    const nodes = this.#property(schema, name);
    const fields = nodes.flatMap((node) => this.fields(node));
    return fields.length > 0 ? fields : undefined;
  }

  constant(schema: Node, name: string): string | undefined {
    const values = this.#property(schema, name).flatMap((node) => this.#parts(node));
    return values.map(({ value }) => text(mapping(value).const)).find((value) => value !== undefined);
  }

  #property(schema: Node, name: string): Node[] {
    return this.#parts(schema).flatMap((part) => {
      const value = mapping(mapping(part.value).properties)[name];
      return value === undefined
        ? []
        : [{ file: part.file, pointer: joinPointer(part.pointer, "properties", name), value }];
    });
  }

  /** The schema itself and everything that `$ref` and `allOf` add to it; each once, whatever loops there are. */
  #parts(schema: Node): Node[] {
    const parts = new Map<unknown, Node>();
    const queue = [schema];
    for (let node = queue.shift(); node; node = queue.shift()) {
      if (!isMapping(node.value) || parts.has(node.value)) continue;
      parts.set(node.value, node);
      const { $ref, allOf } = node.value;
      const { file, pointer } = node;
      list(allOf).forEach(
        (value, index) => void queue.push({ file, pointer: joinPointer(pointer, "allOf", index), value }),
      );
      if (typeof $ref !== "string") continue;
      const document = file === this.#file ? this.#root : this.#load(file);
      const resolution = resolveReference($ref, node, document, this.#load);
      if (resolution.kind === "found") queue.push(resolution.node);
    }
    return [...parts.values()];
  }
}
