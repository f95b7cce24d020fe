import { joinPointer } from "../pointer.ts";
import { joinPath } from "../references.ts";
import { isMapping, list, type Mapping, mapping, text } from "../values.ts";

/** A file of event types as it stands in a service. */
export interface EventSource {
  /** Path relative to the workspace root. */
  readonly file: string;
  readonly service: string | undefined;
  readonly value: unknown;
}

/** An event that documents speak of, and who is at its ends. */
export interface EventEnds {
  readonly event: string;
  readonly producers: readonly string[];
  readonly consumers: readonly string[];
}

const SOURCES = "x-speckit-sources";

/**
 * The events of a fleet as one AsyncAPI 3 document. What AsyncAPI has no place for stands under keys that begin with `x-`, so that
 * `eventsFromAsyncApi` gives back the same files. `$ref`s to other files are written from the workspace root.
 * Source: https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApiFromEvents(
  title: string,
  sources: readonly EventSource[],
  ends: readonly EventEnds[],
): Mapping {
  const messages = new Map<string, Mapping>();
  const byEvent = new Map<string, string[]>();
  const kept = sources.map(({ file, service, value }, index) => {
    const { events, ...rest } = mapping(value);
    const keys = list(events).map((entry) => {
      const { eventType, version, description, consumers, schema, ...others } = mapping(entry);
      const event = text(eventType) ?? "";
      const key = freeKey(`${event}.${text(version) ?? ""}`.replace(/\.$/, ""), messages);
      byEvent.set(event, [...(byEvent.get(event) ?? []), key]);
      messages.set(key, { eventType, version, description, consumers, schema, others });
      return key;
    });
    return { file, ...(service === undefined ? {} : { service }), messages: keys, at: index, rest };
  });
  // A reference into an entry leads to where the entry stands now.
  for (const { file, messages: keys, at, rest } of kept) {
    const place = (ref: string) => movedReference(ref, file, keys, at);
    for (const key of keys) messages.set(key, messageOf(messages.get(key) ?? {}, place));
    Object.assign(rest, rewritten(rest, place));
  }
  const known = new Set(ends.map(({ event }) => event));
  const all = [
    ...ends,
    ...[...byEvent.keys()]
      .filter((event) => !known.has(event))
      .map((event) => ({ event, producers: [], consumers: [] })),
  ];
  return {
    asyncapi: "3.0.0",
    info: { title, version: "1.0.0" },
    channels: Object.fromEntries(
      all.map(({ event }) => [
        event,
        {
          address: event,
          messages: Object.fromEntries(
            (byEvent.get(event) ?? []).map((key) => [key, { $ref: messagePointer(key) }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      all.flatMap(({ event, producers, consumers }) => [
        ...producers.map((service) => operation("send", service, event)),
        ...consumers.map((service) => operation("receive", service, event)),
      ]),
    ),
    components: { messages: Object.fromEntries(messages) },
    [SOURCES]: kept.map(({ at: _, ...source }) => source),
  };
}

function operation(action: "send" | "receive", service: string, event: string): [string, Mapping] {
  const channel = { $ref: `#${joinPointer("/channels", event)}` };
  return [`${service}.${action}.${event}`, { action, channel, "x-service": service }];
}

function messagePointer(key: string): string {
  return `#${joinPointer("/components/messages", key)}`;
}

function freeKey(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  let key = wanted;
  for (let count = 2; taken.has(key); count++) key = `${wanted}-${count}`;
  return key;
}

/** Members that an entry does not have are left out, so that they are not there on the way back either. */
function messageOf(
  { eventType, version, description, consumers, schema, others }: Mapping,
  place: (ref: string) => string,
): Mapping {
  const message = {
    name: eventType,
    description,
    payload: rewritten(schema, place),
    "x-version": version,
    "x-consumers": consumers,
    "x-entry": Object.keys(mapping(others)).length > 0 ? rewritten(others, place) : undefined,
  };
  return Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined));
}

function movedReference(ref: string, file: string, keys: readonly string[], source: number): string {
  const [path = "", fragment = ""] = ref.split("#");
  if (/^[a-z][a-z\d+.-]+:/i.test(path)) return ref;
  if (path !== "") {
    const target = joinPath(file, path);
    return target === undefined ? ref : target + (ref.includes("#") ? `#${fragment}` : "");
  }
  const entry = /^\/events\/(\d+)(?:\/schema)?(\/.*)?$/.exec(fragment);
  const key = entry && keys[Number(entry[1])];
  if (key !== undefined && key !== null) return `${messagePointer(key)}/payload${entry?.[2] ?? ""}`;
  return `#/${SOURCES}/${source}/rest${fragment}`;
}

function rewritten(value: unknown, place: (ref: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => rewritten(item, place));
  if (!isMapping(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === "$ref" && typeof member === "string" ? place(member) : rewritten(member, place),
    ]),
  );
}

/** The files of event types that a document of `asyncApiFromEvents` was made from. */
export function eventsFromAsyncApi(document: unknown): EventSource[] {
  const root = mapping(document);
  const messages = mapping(mapping(root.components).messages);
  return list(root[SOURCES]).map((source, index) => {
    const { file, service, messages: keys, rest } = mapping(source);
    const path = text(file) ?? "";
    const names = list(keys).map((key) => text(key) ?? "");
    const place = (ref: string) => originalReference(ref, path, names, index);
    const events = names.map((key) => rewritten(entryOf(mapping(messages[key])), place));
    return { file: path, service: text(service), value: { ...(rewritten(rest, place) as Mapping), events } };
  });
}

function entryOf(message: Mapping): Mapping {
  const entry = {
    eventType: message.name,
    version: message["x-version"],
    description: message.description,
    consumers: message["x-consumers"],
    schema: message.payload,
    ...mapping(message["x-entry"]),
  };
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));
}

function originalReference(ref: string, file: string, keys: readonly string[], source: number): string {
  const own = `#/${SOURCES}/${source}/rest`;
  if (ref.startsWith(own)) return `#${ref.slice(own.length)}`;
  const index = keys.findIndex((key) => ref.startsWith(`${messagePointer(key)}/payload`));
  if (index !== -1)
    return `#/events/${index}/schema${ref.slice(messagePointer(keys[index] ?? "").length + "/payload".length)}`;
  if (ref.startsWith("#") || /^[a-z][a-z\d+.-]+:/i.test(ref)) return ref;
  const [path = "", fragment] = ref.split("#");
  return relativePath(file, path) + (fragment === undefined ? "" : `#${fragment}`);
}

/** The way from the folder of one file to another file. */
function relativePath(from: string, to: string): string {
  const [here, there] = [from.split("/").slice(0, -1), to.split("/")];
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  const up = here.slice(common).map(() => "..");
  const path = [...up, ...there.slice(common)].join("/");
  return up.length > 0 ? path : `./${path}`;
}
