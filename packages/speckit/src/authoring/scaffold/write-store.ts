import type { Column, Entity } from "./entities.ts";
import type { ServicePlan } from "./service-plan.ts";
import type { IsThere } from "./write-app.ts";
import { imported, lines, quoted } from "./write-code.ts";

/** A table as `src/store/migrations.ts` has it. */
interface WrittenTable {
  /** Of its entity. */
  readonly file: string;
  readonly type: string;
  readonly migration: string;
}

/**
 * The tables of those entities whose files are there. A table that stands there already stays as it is, whatever its contract says by now: its
 * migration may have been applied somewhere. New ones come behind it.
 */
export function writeMigrations(
  { domain, tables, entities, migrations }: ServicePlan,
  isThere: IsThere,
): string {
  const standing = tablesIn(migrations ?? "");
  const added = entities
    .filter(({ file }) => isThere(`src/store/${file}.ts`) && !standing.some((one) => one.file === file))
    .map((entity, index) => ({
      type: tableType(entity).join("\n"),
      migration: migration(entity, standing.length + index).join("\n"),
    }));
  const all = [...standing, ...added];
  const hasJson = all.some(({ type }) => type.includes(": ColumnType<"));
  return lines(
    imported(["type Migration"], "@speckit/service-kit"),
    all.length > 0 && imported(["type Generated", ...(hasJson ? ["type ColumnType"] : [])], "kysely"),
    "",
    `/** The tables of ${domain}_db; those of service-kit (outbox, inbox) stand beside them. */`,
    all.length === 0
      ? `export type ${tables} = Record<never, never>;`
      : [`export interface ${tables} {`, ...all.map(({ type }) => type), "}"],
    "",
    all.length === 0
      ? "export const migrations: readonly Migration[] = [];"
      : ["export const migrations: readonly Migration[] = [", ...all.map((one) => one.migration), "];"],
  );
}

/** The tables of a file as it was written here; what a person has changed is never written again. */
function tablesIn(text: string): WrittenTable[] {
  const blocks =
    /^ {2}\{\n {4}id: "\d+-([^"\n]+)",\n {4}sql: `CREATE TABLE "?([^"\s]+)"? \([^`]*`,\n {2}\},$/gmu;
  return Array.from(text.matchAll(blocks)).flatMap(([block, file = "", table = ""]) => {
    const [start, end] = [text.indexOf(`  ${table}: {\n`), "\n  };"];
    const type = start === -1 ? "" : text.slice(start, text.indexOf(end, start) + end.length);
    return type === "" ? [] : [{ file, type, migration: block }];
  });
}

function tableType({ table, key, columns }: Entity): string[] {
  return [
    `  ${table}: {`,
    `    ${key}: Generated<string>;`,
    ...columns.map((column) => `    ${column.name}: ${columnType(column)};`),
    "    created_at: Generated<Date>;",
    "  };",
  ];
}

function columnType({ sql, isRequired }: Column): string {
  const none = isRequired ? "" : " | null";
  const types: Readonly<Record<Column["sql"], string>> = {
    text: "string",
    uuid: "string",
    bigint: "number",
    "double precision": "number",
    boolean: "boolean",
    timestamptz: "Date",
    date: "Date",
    json: "",
  };
  // JSON goes in as text and comes out as what it says.
  return sql === "json" ? `ColumnType<unknown, string${none}, string${none}>` : `${types[sql]}${none}`;
}

function migration({ table, file, key, columns }: Entity, index: number): string[] {
  const indent = "            ";
  const all = [
    `${sqlName(key)} uuid PRIMARY KEY DEFAULT gen_random_uuid()`,
    ...columns.map(({ name, sql, isRequired }) => `${sqlName(name)} ${sql}${isRequired ? " NOT NULL" : ""}`),
    "created_at timestamptz NOT NULL DEFAULT now()",
  ];
  return [
    "  {",
    `    id: ${quoted(`${String(index + 1).padStart(3, "0")}-${file}`)},`,
    `    sql: \`CREATE TABLE ${sqlName(table)} (`,
    all.map((column) => `${indent}${column}`).join(",\n"),
    "          )`,",
    "  },",
  ];
}

const sqlWords =
  /^(?:all|and|any|array|as|asc|between|both|case|cast|check|column|constraint|create|current_\w+|default|desc|distinct|do|else|end|except|false|fetch|for|foreign|from|grant|group|having|in|into|is|leading|limit|localtime\w*|not|null|offset|on|only|or|order|primary|references|returning|select|session_user|some|table|then|to|trailing|true|union|unique|user|using|variadic|when|where|window|with)$/;

function sqlName(name: string): string {
  return sqlWords.test(name) || !/^[a-z_][a-z0-9_]*$/.test(name) ? `"${name}"` : name;
}

export function writeStore(
  { tables }: ServicePlan,
  { type, table, key, keyArgument, columns }: Entity,
): string {
  const isBare = columns.length === 0;
  const one = table.replaceAll("_", " ");
  return lines(
    imported(
      [...(isBare ? [] : ["type Insertable"]), "type Kysely", "type Selectable", "type Transaction"],
      "kysely",
    ),
    imported([`type ${tables}`], "./migrations.ts"),
    "",
    `export type ${type} = Selectable<${tables}["${table}"]>;`,
    !isBare && `export type New${type} = Insertable<${tables}["${table}"]>;`,
    "",
    `export async function find${type}(`,
    `  db: Kysely<${tables}>,`,
    `  ${keyArgument}: string,`,
    `): Promise<${type} | undefined> {`,
    "  return db",
    `    .selectFrom("${table}")`,
    "    .selectAll()",
    `    .where("${key}", "=", ${keyArgument})`,
    "    .executeTakeFirst();",
    "}",
    "",
    `/** Stores one of the ${one}, in the transaction of all that belongs to it. */`,
    `export async function add${type}(`,
    `  trx: Transaction<${tables}>,`,
    !isBare && `  added: New${type},`,
    `): Promise<${type}> {`,
    "  return trx",
    `    .insertInto("${table}")`,
    isBare ? "    .defaultValues()" : "    .values(added)",
    "    .returningAll()",
    "    .executeTakeFirstOrThrow();",
    "}",
  );
}

const samples: Readonly<Record<Column["sql"], string>> = {
  text: '"Ada"',
  uuid: '"3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60"',
  bigint: "1",
  "double precision": "1.5",
  boolean: "true",
  timestamptz: 'new Date("2026-11-23T09:00:00Z")',
  date: 'new Date("2026-11-23T00:00:00Z")',
  json: '"{}"',
};

export function writeStoreTest(
  { name, tables }: ServicePlan,
  { type, table, file, key, columns }: Entity,
): string {
  const values = columns.map((column) => `${column.name}: ${samples[column.sql]}`);
  const isBare = values.length === 0;
  const variable = `some${type}`;
  return lines(
    imported(["type Database", "openDatabase"], "@speckit/service-kit"),
    imported(["freshDatabase", "silentLog", "testMetrics"], "@speckit/service-kit/testing"),
    imported(["expect", "test"], "vitest"),
    imported(["migrations", `type ${tables}`], "../../src/store/migrations.ts"),
    imported(
      [`add${type}`, `find${type}`, ...(isBare ? [] : [`type New${type}`])],
      `../../src/store/${file}.ts`,
    ),
    "",
    !isBare && [`const ${variable}: New${type} = {`, ...values.map((value) => `  ${value},`), "};"],
    "",
    `const open = (url: string): Promise<Database<${tables}>> =>`,
    "  openDatabase({",
    "    url,",
    `    service: ${quoted(name)},`,
    "    migrations,",
    "    log: silentLog(),",
    "    metrics: testMetrics(),",
    "  });",
    "",
    `test("the first start makes the table ${table}, and a second one leaves it and its rows as they are", async () => {`,
    "  const { url, drop } = await freshDatabase();",
    "  const first = await open(url);",
    `  const added = await first.transaction((trx) => add${type}(trx${isBare ? "" : `, ${variable}`}));`,
    "  await first.close();",
    "",
    "  const second = await open(url);",
    `  expect(await find${type}(second.db, added.${key})).toEqual(added);`,
    "  await second.close();",
    "  await drop();",
    "});",
    "",
    `test("what was never stored in ${table} is not found", async () => {`,
    "  const { url, drop } = await freshDatabase();",
    "  const database = await open(url);",
    `  expect(await find${type}(database.db, "00000000-0000-4000-8000-000000000000")).toBeUndefined();`,
    "  await database.close();",
    "  await drop();",
    "});",
  );
}
