import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";

/**
 * The pages of an SQLite database, those included that its write-ahead log has and the file does not yet. Nothing is locked and nothing is written.
 * Source: https://www.sqlite.org/fileformat2.html
 */
export class SqlitePages {
  readonly #file: number;
  readonly #log: number | undefined;
  readonly #pageSize: number;
  /** Where in the log the newest committed form of a page begins. */
  readonly #logged: ReadonlyMap<number, number>;
  /** Bytes of a page that hold content. */
  readonly usable: number;

  /** @throws Error when the file is no such database */
  constructor(path: string) {
    const header = headerOf(path);
    this.#file = openSync(path, "r");
    const size = header.readUInt16BE(16);
    this.#pageSize = size === 1 ? 65_536 : size;
    this.usable = this.#pageSize - header.readUInt8(20);
    const log = `${path}-wal`;
    this.#log = existsSync(log) ? openSync(log, "r") : undefined;
    this.#logged = this.#log === undefined ? new Map() : committedPages(this.#log, this.#pageSize);
  }

  page(number: number): Buffer {
    const at = this.#logged.get(number);
    return at !== undefined && this.#log !== undefined
      ? read(this.#log, at, this.#pageSize)
      : read(this.#file, (number - 1) * this.#pageSize, this.#pageSize);
  }

  close(): void {
    closeSync(this.#file);
    if (this.#log !== undefined) closeSync(this.#log);
  }
}

/** @throws Error when the file is no database that can be read */
function headerOf(path: string): Buffer {
  const header = Buffer.alloc(100);
  const file = openSync(path, "r");
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString("latin1", 0, 16) !== "SQLite format 3\0") throw new Error("it is no SQLite database");
  if (header.readUInt32BE(56) > 1) throw new Error("its texts are not UTF-8");
  return header;
}

const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/** A frame counts once a later one, or itself, ends a transaction; frames with other salts are left over from before the log began anew. */
function committedPages(log: number, pageSize: number): Map<number, number> {
  const committed = new Map<number, number>();
  const { size } = fstatSync(log);
  if (size < LOG_HEADER) return committed;
  const salts = read(log, 16, 8);
  let open: (readonly [number, number])[] = [];
  for (let at = LOG_HEADER; at + FRAME_HEADER + pageSize <= size; at += FRAME_HEADER + pageSize) {
    const frame = read(log, at, FRAME_HEADER);
    if (!frame.subarray(8, 16).equals(salts)) break;
    open.push([frame.readUInt32BE(0), at + FRAME_HEADER]);
    if (frame.readUInt32BE(4) === 0) continue;
    for (const [page, place] of open) committed.set(page, place);
    open = [];
  }
  return committed;
}

function read(file: number, at: number, size: number): Buffer {
  const buffer = Buffer.alloc(size);
  if (readSync(file, buffer, 0, size, at) < size) throw new Error("it ends in its middle");
  return buffer;
}
