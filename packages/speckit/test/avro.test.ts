import { describe, expect, test } from "vitest";
import { parseAvro } from "../src/parse/avro.ts";
import { parseTree } from "../src/parse/tree.ts";
import { folderWith, runCli } from "./run-cli.ts";

const record = (...fields: object[]) => ({ type: "record", name: "Order", namespace: "shop", fields });
const id = { name: "id", type: "string" };
const note = { name: "note", type: "string" };
const noteWithDefault = { ...note, default: "" };
const of = (type: unknown) => record({ name: "value", type });
const color = (symbols: string[], more = {}) => of({ type: "enum", name: "Color", symbols, ...more });
const fixed = (name: string, size: number) => of({ type: "fixed", name, size });
const decimal = (precision: number, scale: number) =>
  of({ type: "bytes", logicalType: "decimal", precision, scale });

async function level(base: unknown, revision: unknown, compatibility: string) {
  const root = folderWith({ "base.avsc": JSON.stringify(base), "revision.avsc": JSON.stringify(revision) });
  const args = ["diff", "base.avsc", "revision.avsc", "--json", "--compatibility", compatibility];
  const { out, err } = await runCli(root, args);
  expect(err).toBe("");
  return (JSON.parse(out) as { level: string }).level === "breaking" ? "breaks" : "holds";
}

/** What registries answer, by the rules of schema resolution: does the new schema read old data (backward), the old schema new data (forward)? */
describe("as schema registries judge", () => {
  test.each([
    { what: "nothing", base: record(id), revision: record(id), backward: "holds", forward: "holds" },
    {
      what: "a field with a default comes",
      base: record(id),
      revision: record(id, noteWithDefault),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "a field without a default comes",
      base: record(id),
      revision: record(id, note),
      backward: "breaks",
      forward: "holds",
    },
    {
      what: "a field with a default goes",
      base: record(id, noteWithDefault),
      revision: record(id),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "a field without a default goes",
      base: record(id, note),
      revision: record(id),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "fields change places",
      base: record(id, note),
      revision: record(note, id),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "a field is renamed with an alias",
      base: record(id, note),
      revision: record(id, { name: "remark", type: "string", aliases: ["note"] }),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "a field is renamed",
      base: record(id, note),
      revision: record(id, { name: "remark", type: "string" }),
      backward: "breaks",
      forward: "breaks",
    },
    ...[
      ["int", "long"],
      ["int", "float"],
      ["int", "double"],
      ["long", "float"],
      ["long", "double"],
      ["float", "double"],
    ].map(([from, to]) => ({
      what: `${from} becomes ${to}`,
      base: of(from),
      revision: of(to),
      backward: "holds",
      forward: "breaks",
    })),
    ...[
      ["long", "int"],
      ["double", "float"],
    ].map(([from, to]) => ({
      what: `${from} becomes ${to}`,
      base: of(from),
      revision: of(to),
      backward: "breaks",
      forward: "holds",
    })),
    {
      what: "string becomes bytes",
      base: of("string"),
      revision: of("bytes"),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "bytes becomes string",
      base: of("bytes"),
      revision: of("string"),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "string becomes int",
      base: of("string"),
      revision: of("int"),
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "a value may be null",
      base: of("string"),
      revision: of(["null", "string"]),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "a value may not be null",
      base: of(["null", "string"]),
      revision: of("string"),
      backward: "breaks",
      forward: "holds",
    },
    {
      what: "branches change places",
      base: of(["null", "string"]),
      revision: of(["string", "null"]),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "a branch comes",
      base: of(["null", "string"]),
      revision: of(["null", "string", "long"]),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "a branch goes",
      base: of(["null", "string", "long"]),
      revision: of(["null", "string"]),
      backward: "breaks",
      forward: "holds",
    },
    {
      what: "a branch is promoted",
      base: of(["null", "int"]),
      revision: of(["null", "long"]),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "a symbol comes",
      base: color(["RED"]),
      revision: color(["RED", "BLUE"]),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "a symbol goes",
      base: color(["RED", "BLUE"]),
      revision: color(["RED"]),
      backward: "breaks",
      forward: "holds",
    },
    {
      what: "a symbol goes where there is a default",
      base: color(["RED", "BLUE"]),
      revision: color(["RED"], { default: "RED" }),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "a symbol comes where there was a default",
      base: color(["RED"], { default: "RED" }),
      revision: color(["RED", "BLUE"], { default: "RED" }),
      backward: "holds",
      forward: "holds",
    },
    {
      what: "a fixed grows",
      base: fixed("Hash", 16),
      revision: fixed("Hash", 32),
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "a fixed gets another name",
      base: fixed("Hash", 16),
      revision: fixed("Digest", 16),
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "a decimal gets another scale",
      base: decimal(10, 2),
      revision: decimal(10, 3),
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "items are promoted",
      base: of({ type: "array", items: "int" }),
      revision: of({ type: "array", items: "long" }),
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "values change their type",
      base: of({ type: "map", values: "int" }),
      revision: of({ type: "map", values: "string" }),
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "a list becomes a map",
      base: of({ type: "array", items: "int" }),
      revision: of({ type: "map", values: "int" }),
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "the record gets another name",
      base: record(id),
      revision: { ...record(id), name: "Purchase" },
      backward: "breaks",
      forward: "breaks",
    },
    {
      what: "the record gets another name with an alias",
      base: record(id),
      revision: { ...record(id), name: "Purchase", aliases: ["Order"] },
      backward: "holds",
      forward: "breaks",
    },
    {
      what: "the namespace changes",
      base: record(id),
      revision: { ...record(id), namespace: "store" },
      backward: "holds",
      forward: "holds",
    },
    {
      what: "the documentation changes",
      base: record(id),
      revision: { ...record({ ...id, doc: "Which" }), doc: "An order" },
      backward: "holds",
      forward: "holds",
    },
  ])("$what: backward $backward, forward $forward", async ({ base, revision, backward, forward }) => {
    expect(await level(base, revision, "backward")).toBe(backward);
    expect(await level(base, revision, "forward")).toBe(forward);
    const full = backward === "holds" && forward === "holds" ? "holds" : "breaks";
    expect(await level(base, revision, "full")).toBe(full);
  });
});

test("a change deep in types that refer to each other is found, once, at its place", async () => {
  const tree = (type: string) =>
    record(
      {
        name: "lines",
        type: {
          type: "array",
          items: {
            type: "record",
            name: "Line",
            fields: [
              { name: "amount", type },
              { name: "part", type: ["null", "Line"], default: null },
            ],
          },
        },
      },
      { name: "first", type: "shop.Line" },
    );
  const root = folderWith({
    "base.avsc": JSON.stringify(tree("long"), undefined, 2),
    "revision.avsc": JSON.stringify(tree("int"), undefined, 2),
  });
  const { out } = await runCli(root, ["diff", "base.avsc", "revision.avsc", "--json"]);
  expect(JSON.parse(out).changes).toMatchObject([
    {
      kind: "type-narrowed",
      level: "breaking",
      operation: "event Order",
      location: ".first.amount",
      before: "long",
      after: "int",
      revision: { line: 16 },
    },
  ]);
});

test.each([
  { schema: record({ name: "a", type: "strin" }), problem: "Type 'strin' is none of Avro's" },
  { schema: record({ name: "a" }), problem: "Field 'a' has no type." },
  { schema: record({ type: "int" }), problem: "A field has no name." },
  { schema: record(id, id), problem: "Field 'id' stands twice in 'Order'." },
  { schema: { type: "record", name: "Order" }, problem: "Record 'Order' has no fields." },
  { schema: color([]), problem: "Enum 'Color' has no symbols." },
  { schema: of({ type: "fixed", name: "Hash" }), problem: "Fixed 'Hash' has no size." },
])("$problem", ({ schema, problem }) => {
  const { problems } = parseAvro(parseTree("order.avsc", JSON.stringify(schema)));
  expect(problems.map(({ message }) => message)).toEqual([expect.stringContaining(problem)]);
});

test("names are looked up in the namespace that they stand in", () => {
  const inner = {
    type: "record",
    name: "Line",
    namespace: "shop.lines",
    fields: [{ name: "next", type: ["null", "Line"] }],
  };
  const schema = record(
    { name: "line", type: inner },
    { name: "again", type: "shop.lines.Line" },
    { name: "self", type: ["null", "Order"] },
  );
  expect(parseAvro(parseTree("order.avsc", JSON.stringify(schema)))).toMatchObject({
    name: "shop.Order",
    problems: [],
  });
});

test("a service that has nothing but an Avro schema is a service", async () => {
  const root = folderWith({
    "services/stats/src/main/avro/order.avsc": JSON.stringify(record(id)),
    "services/a/src/main/avro/b.avsc": "{",
  });
  const { out } = await runCli(root, ["service-catalog", "--format", "json"]);
  expect(JSON.parse(out).services).toMatchObject([{ name: "a" }, { name: "stats" }]);
  const { out: report } = await runCli(root, ["validate-contracts", "--all", "--json"]);
  expect(JSON.parse(report).findings).toContainEqual(
    expect.objectContaining({
      rule: "unreadable-file",
      file: "services/a/src/main/avro/b.avsc",
      severity: "error",
    }),
  );
});
