import { problems } from "./problem.ts";

/** Writes where a page ended, as text that callers hand back unread: `["2026-11-23T10:10:00Z", "7b1e4c92-…"]`. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/**
 * Reads a cursor of `count` parts. Throws the problem 400 for anything that `encodeCursor` did not write; what the
 * parts say remains the caller's to check, since anybody can write a cursor.
 */
export function decodeCursor(text: string, count: number): string[] {
  const parts = partsOf(text);
  const written = Array.isArray(parts) && parts.length === count && parts.every(isPlainText);
  if (!written) throw noCursor();
  return parts;
}

/** Where a page of a list by time ended; the id tells those of one moment apart. */
export interface TimedPlace {
  readonly at: Date;
  /** A UUID. */
  readonly id: string;
}

export function encodeTimedPlace({ at, id }: TimedPlace): string {
  return encodeCursor([at.toISOString(), id]);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
// As `toISOString` writes the years that PostgreSQL knows too.
const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Throws the problem 400 for anything that `encodeTimedPlace` did not write. */
export function decodeTimedPlace(text: string): TimedPlace {
  const [date = "", id = ""] = decodeCursor(text, 2);
  const at = new Date(date);
  if (!moment.test(date) || Number.isNaN(at.getTime()) || !uuid.test(id)) throw noCursor();
  return { at, id };
}

const noCursor = () =>
  problems.badRequest("The cursor is none of this list.", [
    { path: "cursor", message: "must be meta.nextCursor of the page before" },
  ]);

function partsOf(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}

function isPlainText(part: unknown): part is string {
  // PostgreSQL keeps no U+0000 in text.
  return typeof part === "string" && !part.includes("\0");
}
