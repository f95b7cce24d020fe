import { compareText } from "../model/location.ts";
import type { InvertedIndex } from "./inverted-index.ts";

/**
 * An index as bytes: nothing is unpacked but the postings of the terms that are asked for, so that opening an index of thousands of files takes no
 * longer than reading it.
 */
export interface Segment {
  readonly units: number;
  readonly files: StringColumn;
  readonly headings: StringColumn;
  readonly terms: StringColumn;
  /** Of each unit: type, whether it is the whole file, lengths of path, subjects and text in terms, first passage; one row more at the end. */
  readonly unitRows: Uint32Array;
  /** Of each passage: first line, last line, length in terms, heading. */
  readonly passageRows: Uint32Array;
  readonly postingStarts: Uint32Array;
  readonly postings: Uint8Array;
}

export const UNIT_COLUMNS = 7;
export const PASSAGE_COLUMNS = 4;

/** Bytes are not a segment, or not one of ours. */
class BadSegment extends Error {}

const MAGIC = 0x53_4b_53_31;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** Texts one after the other, read one at a time. */
export class StringColumn {
  readonly #starts: Uint32Array;
  readonly #bytes: Uint8Array;

  constructor(starts: Uint32Array, bytes: Uint8Array) {
    this.#starts = starts;
    this.#bytes = bytes;
  }

  get size(): number {
    return Math.max(0, this.#starts.length - 1);
  }

  at(index: number): string {
    return decoder.decode(this.#bytes.subarray(this.#starts[index], this.#starts[index + 1]));
  }

  /** How many bytes a text takes. */
  bytesAt(index: number): number {
    return (this.#starts[index + 1] ?? 0) - (this.#starts[index] ?? 0);
  }

  /** Where a text stands in a sorted column, or -1. */
  indexOf(text: string): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = compareText(this.at(middle), text);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/** Writes an index as bytes; the same index gives the same bytes. */
export function encodeSegment(index: InvertedIndex): Uint8Array {
  const terms = [...index.postings.keys()].sort(compareText);
  const starts = new Uint32Array(terms.length + 1);
  const postings = new ByteWriter();
  for (const [at, term] of terms.entries()) {
    starts[at] = postings.length;
    writePostings(postings, index.postings.get(term) ?? []);
  }
  starts[terms.length] = postings.length;
  return pack([
    ...packStrings(index.files),
    ...packStrings(index.headings),
    ...packStrings(terms),
    bytesOf(Uint32Array.from(index.unitRows)),
    bytesOf(Uint32Array.from(index.passageRows)),
    bytesOf(starts),
    postings.bytes(),
  ]);
}

/** @throws BadSegment */
export function decodeSegment(bytes: Uint8Array): Segment {
  const parts = unpack(bytes);
  const part = (at: number) => parts[at] ?? new Uint8Array();
  const numbers = (at: number) => {
    const { buffer, byteOffset, byteLength } = part(at);
    return new Uint32Array(buffer, byteOffset, byteLength >> 2);
  };
  const unitRows = numbers(6);
  return {
    units: Math.max(0, unitRows.length / UNIT_COLUMNS - 1),
    files: new StringColumn(numbers(0), part(1)),
    headings: new StringColumn(numbers(2), part(3)),
    terms: new StringColumn(numbers(4), part(5)),
    unitRows,
    passageRows: numbers(7),
    postingStarts: numbers(8),
    postings: part(9),
  };
}

/** One unit that has a term, and where in it. */
export interface Posting {
  unit: number;
  path: number;
  subjects: number;
  /** Pairs of passage, counted within the unit, and how often the term stands there. */
  passages: number[];
}

/** What a segment knows of a term; empty when it doesn't have it. */
export function postingsOf({ terms, postingStarts, postings }: Segment, term: string): Posting[] {
  const at = terms.indexOf(term);
  return at === -1 ? [] : readPostings(postings.subarray(postingStarts[at], postingStarts[at + 1]));
}

function writePostings(out: ByteWriter, postings: readonly Posting[]): void {
  let last = 0;
  for (const { unit, path, subjects, passages } of postings) {
    out.number(unit - last);
    last = unit;
    out.number((passages.length << 1) | (path > 0 ? 2 : 0) | (subjects > 0 ? 1 : 0));
    if (path > 0) out.number(path);
    if (subjects > 0) out.number(subjects);
    let before = 0;
    for (let at = 0; at < passages.length; at += 2) {
      out.number((passages[at] ?? 0) - before);
      before = passages[at] ?? 0;
      out.number(passages[at + 1] ?? 0);
    }
  }
}

function readPostings(bytes: Uint8Array): Posting[] {
  const found: Posting[] = [];
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (let unit = 0; at < bytes.length; ) {
    unit += number();
    const head = number();
    const path = head & 2 ? number() : 0;
    const subjects = head & 1 ? number() : 0;
    const passages: number[] = [];
    for (let count = head >> 2, passage = 0; count > 0; count--) {
      passage += number();
      passages.push(passage, number());
    }
    found.push({ unit, path, subjects, passages });
  }
  return found;
}

/** Bytes that grow; numbers take as few of them as they need. */
class ByteWriter {
  length = 0;
  #bytes = new Uint8Array(1 << 16);

  number(value: number): void {
    if (this.length + 5 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = value >>> 0;
    while (rest > 127) {
      this.#bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.length++] = rest;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

function packStrings(texts: readonly string[]): [Uint8Array, Uint8Array] {
  const encoded = texts.map((text) => encoder.encode(text));
  const starts = new Uint32Array(texts.length + 1);
  for (const [at, bytes] of encoded.entries()) starts[at + 1] = (starts[at] ?? 0) + bytes.length;
  const all = new Uint8Array(starts[texts.length] ?? 0);
  for (const [at, bytes] of encoded.entries()) all.set(bytes, starts[at]);
  return [bytesOf(starts), all];
}

/** Magic number, count, then length and bytes of each part, padded so that numbers can be read in place. */
function pack(parts: readonly Uint8Array[]): Uint8Array {
  const padded = (length: number) => (length + 3) & ~3;
  const size = parts.reduce((sum, { length }) => sum + padded(length), 8 + parts.length * 4);
  const bytes = new Uint8Array(size);
  const head = new Uint32Array(bytes.buffer, 0, 2 + parts.length);
  head.set([MAGIC, parts.length, ...parts.map(({ length }) => length)]);
  let at = head.byteLength;
  for (const part of parts) {
    bytes.set(part, at);
    at += padded(part.length);
  }
  return bytes;
}

function unpack(bytes: Uint8Array): Uint8Array[] {
  // Numbers are read in place, which needs an address that is a multiple of four.
  const own = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  if (own.length < 8) throw new BadSegment("too short");
  const [magic, count = 0] = new Uint32Array(own.buffer, own.byteOffset, 2);
  if (magic !== MAGIC || own.length < 8 + count * 4) throw new BadSegment("no segment");
  const lengths = new Uint32Array(own.buffer, own.byteOffset + 8, count);
  const parts: Uint8Array[] = [];
  let at = 8 + count * 4;
  for (const length of lengths) {
    if (at + length > own.length) throw new BadSegment("cut off");
    parts.push(own.subarray(at, at + length));
    at += (length + 3) & ~3;
  }
  return parts;
}
