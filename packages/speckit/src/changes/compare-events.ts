import { groupBy } from "../model/group-by.ts";
import { type Node, placeOf } from "../parse/references.ts";
import { isMapping, list, mapping, text } from "../parse/values.ts";
import type { Fact } from "./change.ts";
import { type Occurrence, occurrencesOf, type SchemaRoot } from "./occurrence.ts";
import { SchemaComparison } from "./schema/comparison.ts";
import type { ContractSide } from "./schema/contract-side.ts";

interface EventEntry {
  readonly event: string;
  readonly version: string;
  readonly node: Node;
  readonly schema: Node;
}

const aspect = { writer: "provider", inverted: false, textual: false, parameter: undefined } as const;

/** Compares two files of event types. An entry is its name and version: `v2` beside `v1` is a new version and takes nothing away. */
export function compareEvents(base: ContractSide, revision: ContractSide): Occurrence[] {
  const comparison = new SchemaComparison(base, revision);
  const occurrences: Occurrence[] = [];
  const roots: SchemaRoot[] = [];
  const before = entriesOf(base);
  const after = entriesOf(revision);
  const note = (entry: EventEntry, fact: Fact) =>
    occurrences.push({
      fact,
      direction: "event",
      operation: `event ${entry.event}`,
      location: entry.version,
      experimental: false,
    });
  for (const old of before) {
    const now = counterpart(old, before, after);
    if (!now) {
      const place = { base: placeOf(old.node), revision: { file: revision.file, pointer: "/events" } };
      note(old, {
        kind: "event-removed",
        effect: "narrowed",
        name: old.event,
        before: old.event,
        after: null,
        ...place,
        traits: {},
      });
      continue;
    }
    const common = {
      direction: "event",
      operation: `event ${now.event}`,
      location: now.version,
      experimental: false,
    } as const;
    if (old.version !== now.version) {
      const place = { base: placeOf(old.node), revision: placeOf(now.node) };
      note(now, {
        kind: "event-version-changed",
        effect: "none",
        name: now.event,
        before: old.version,
        after: now.version,
        ...place,
        traits: {},
      });
    }
    if (old.schema.value === undefined && now.schema.value === undefined) continue;
    roots.push({ pair: comparison.compare([old.schema], [now.schema], aspect), ...common });
  }
  for (const now of after) {
    if (before.some((old) => counterpart(old, before, after) === now)) continue;
    const place = { base: { file: base.file, pointer: "/events" }, revision: placeOf(now.node) };
    note(now, {
      kind: "event-added",
      effect: "widened",
      name: now.event,
      before: null,
      after: now.event,
      ...place,
      traits: {},
    });
  }
  comparison.finish();
  return [...occurrences, ...occurrencesOf(comparison.pairs, roots)];
}

/** Compares two JSON Schemas that stand for themselves. */
export function compareSchemas(base: ContractSide, revision: ContractSide, name: string): Occurrence[] {
  const comparison = new SchemaComparison(base, revision);
  const root = (side: ContractSide): Node => ({ file: side.file, pointer: "", value: side.value });
  const pair = comparison.compare([root(base)], [root(revision)], aspect);
  comparison.finish();
  return occurrencesOf(comparison.pairs, [
    {
      pair,
      direction: "event",
      operation: `schema ${name}`,
      location: "",
      experimental: false,
      usual: "backward",
    },
  ]);
}

/** Of two entries with one name and version the first counts; that there are two is for a check to say. */
function entriesOf(side: ContractSide): EventEntry[] {
  const entries = list(mapping(side.value).events).flatMap((value, index) => {
    const event = isMapping(value) ? text(value.eventType) : undefined;
    if (event === undefined || !isMapping(value)) return [];
    const node = { file: side.file, pointer: `/events/${index}`, value };
    return [
      {
        event,
        version: text(value.version) ?? "",
        node,
        schema: { file: side.file, pointer: `/events/${index}/schema`, value: value.schema },
      },
    ];
  });
  const byName = groupBy(entries, ({ event, version }) => JSON.stringify([event, version]));
  return [...byName.values()].flatMap(([first]) => first ?? []);
}

/** The entry of that name and version; or the only one of that name, when its version is another now. */
function counterpart(
  old: EventEntry,
  before: readonly EventEntry[],
  after: readonly EventEntry[],
): EventEntry | undefined {
  const named = after.filter(({ event }) => event === old.event);
  const exact = named.find(({ version }) => version === old.version);
  if (exact) return exact;
  const isOnly = named.length === 1 && before.filter(({ event }) => event === old.event).length === 1;
  return isOnly ? named[0] : undefined;
}
