import { SqlitePages } from "./sqlite-pages.ts";

export type Row = Readonly<Record<string, unknown>>;

interface Table {
  readonly name: string;
  readonly root: number;
  readonly columns: readonly string[];
}

const INTERIOR = 5;
const LEAF = 13;

/**
 * The rows of a table of an SQLite database, in the order of their keys. `keep` sees those columns of a row that stand in its first page; what
 * it turns away is not read further. None when there is no such table.
 *
 * Node has SQLite built in from 22.13 on only, and a database of a session may be larger than memory, so that what reads it from memory will not do.
 * Reading tables in their order is a small part of the format, and all that is needed.
 * @throws Error when the file is no such database, or is damaged
 */
export function* rowsOf(path: string, name: string, keep: (row: Row) => boolean): Generator<Row> {
  const pages = new SqlitePages(path);
  try {
    const table = tableNamed(pages, name);
    if (table) yield* rowsIn(pages, table, keep);
  } finally {
    pages.close();
  }
}

function tableNamed(pages: SqlitePages, wanted: string): Table | undefined {
  const schema = { name: "sqlite_schema", root: 1, columns: ["type", "name", "tbl_name", "rootpage", "sql"] };
  for (const { name, type, rootpage, sql } of rowsIn(pages, schema, () => true))
    if (type === "table" && name === wanted)
      return { name: wanted, root: Number(rootpage), columns: columnsIn(String(sql)) };
  return undefined;
}

/** Names of columns in a `CREATE TABLE`. */
function columnsIn(sql: string): string[] {
  const body = sql.slice(sql.indexOf("(") + 1, sql.lastIndexOf(")"));
  let depth = 0;
  let start = 0;
  const parts: string[] = [];
  for (let at = 0; at <= body.length; at++) {
    const letter = body[at];
    if (letter === "(") depth++;
    else if (letter === ")") depth--;
    if ((letter === "," && depth === 0) || at === body.length) {
      parts.push(body.slice(start, at).trim());
      start = at + 1;
    }
  }
  return parts
    .filter((part) => !/^(?:CONSTRAINT|PRIMARY|UNIQUE|CHECK|FOREIGN)\b/i.test(part))
    .map((part) => part.replace(/^[`"[]?([^`"\]\s]+)[\s\S]*$/, "$1"));
}

function* rowsIn(pages: SqlitePages, { root, columns }: Table, keep: (row: Row) => boolean): Generator<Row> {
  const waiting = [root];
  const seen = new Set<number>();
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    if (seen.has(number)) throw new Error("its pages form a circle");
    seen.add(number);
    const page = pages.page(number);
    const start = number === 1 ? 100 : 0;
    const type = page.readUInt8(start);
    const count = page.readUInt16BE(start + 3);
    const pointers = start + (type === INTERIOR ? 12 : 8);
    const cells = Array.from({ length: count }, (_, index) => page.readUInt16BE(pointers + 2 * index));
    if (type === INTERIOR)
      waiting.push(page.readUInt32BE(start + 8), ...cells.reverse().map((cell) => page.readUInt32BE(cell)));
    else if (type === LEAF) for (const cell of cells) yield* rowAt(pages, page, cell, columns, keep);
    else throw new Error("it is damaged, or a table of a kind that is not read");
  }
}

function* rowAt(
  pages: SqlitePages,
  page: Buffer,
  cell: number,
  columns: readonly string[],
  keep: (row: Row) => boolean,
): Generator<Row> {
  const [size, afterSize] = varint(page, cell);
  const [, start] = varint(page, afterSize);
  const { usable } = pages;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const most = least + ((size - least) % (usable - 4));
  const local = size <= usable - 35 ? size : most <= usable - 35 ? most : least;
  const first = page.subarray(start, start + local);
  const beginning = record(first, columns);
  if (!keep(beginning)) return;
  if (local === size) {
    yield beginning;
    return;
  }
  const parts = [first];
  let got = local;
  for (let next = page.readUInt32BE(start + local); got < size; ) {
    if (next === 0) throw new Error("a row ends in its middle");
    const overflow = pages.page(next);
    const part = overflow.subarray(4, 4 + Math.min(usable - 4, size - got));
    parts.push(part);
    got += part.length;
    next = overflow.readUInt32BE(0);
  }
  yield record(Buffer.concat(parts), columns);
}

/** The values of a record, as far as `bytes` has them. */
function record(bytes: Buffer, columns: readonly string[]): Row {
  const row: Record<string, unknown> = {};
  const [headerSize, first] = varint(bytes, 0);
  let at = headerSize;
  let header = first;
  for (const column of columns) {
    if (header >= headerSize || header >= bytes.length) break;
    const [type, next] = varint(bytes, header);
    header = next;
    const size = sizeOf(type);
    if (at + size > bytes.length) break;
    row[column] = valueAt(bytes, at, type, size);
    at += size;
  }
  return row;
}

function sizeOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function valueAt(bytes: Buffer, at: number, type: number, size: number): unknown {
  if (type >= 12) return type % 2 === 1 ? bytes.toString("utf8", at, at + size) : null;
  if (type === 0) return null;
  if (type === 7) return bytes.readDoubleBE(at);
  if (type >= 8) return type - 8;
  return size === 8 ? Number(bytes.readBigInt64BE(at)) : bytes.readIntBE(at, size);
}

/** A number of one to nine bytes, and where it ends. Sizes are far below what a number can hold. */
function varint(bytes: Buffer, start: number): readonly [number, number] {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(start + index);
    value = value * 128 + (byte & 127);
    if (byte < 128) return [value, start + index + 1];
  }
  return [value * 256 + bytes.readUInt8(start + 8), start + 9];
}
