import { readFileSync, statSync } from "node:fs";
import type { SessionRecord } from "../../tokens/session.ts";
import { linesOf } from "../lines.ts";

/** A session file that cannot be read; the message says why, and what to do. */
export class SessionUnreadable extends Error {}

/** What could not be read of a file that is otherwise a session. */
export interface Damage {
  /** Lines that are no JSON, the last one apart. */
  readonly lines: number[];
  /** The last line ends in its middle: the file was cut, or the agent is writing it just now. */
  cut: boolean;
  /** How many things were read, and how many of them this version does not know, of which kinds. */
  records: number;
  unknownCount: number;
  readonly unknown: Set<string>;
}

type DamagedLines = Pick<Damage, "lines" | "cut">;

/** The longest line that is read: pictures in a line make some of a few MB. */
const LONGEST_LINE = 64_000_000;
/** A session in one JSON document has to be read as a whole. */
const LARGEST_DOCUMENT = 256_000_000;

/** Whether a file is one JSON document rather than one a line, whatever its name says: then its first line is no whole one. */
function isOneDocument(path: string): boolean {
  for (const text of linesOf(path, LONGEST_LINE)) {
    const line = text.replace(/^\uFEFF/, "").trim();
    if (line === "") continue;
    return line.startsWith("{") && (line === "{" || path.endsWith(".json")) && !isJson(line);
  }
  return false;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The records of a session file: of each line that is JSON, or of the one document that it is. Can be gone through again; lines are never held.
 * @throws SessionUnreadable
 */
export function recordsIn(
  path: string,
  damage: DamagedLines = { lines: [], cut: false },
): Iterable<SessionRecord> {
  return { [Symbol.iterator]: () => (isOneDocument(path) ? documentIn(path) : linesIn(path, damage)) };
}

function* documentIn(path: string): Generator<SessionRecord> {
  const { size } = statSync(path);
  if (size > LARGEST_DOCUMENT)
    throw new SessionUnreadable(
      `${path} is one JSON document of ${Math.round(size / 1e6)} MB; such are read up to ${LARGEST_DOCUMENT / 1e6} MB. Pass a session with one record a line.`,
    );
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SessionUnreadable(
      `${path} is no session: it begins like a JSON document and is none (${error instanceof Error ? error.message : String(error)}). If the agent is writing it just now, try again.`,
    );
  }
  yield { line: 1, value };
}

function* linesIn(path: string, damage: DamagedLines): Generator<SessionRecord> {
  damage.lines.length = 0;
  damage.cut = false;
  let line = 0;
  for (const text of linesOf(path, LONGEST_LINE)) {
    line++;
    if (damage.cut) damage.lines.push(line - 1);
    damage.cut = false;
    const trimmed = line === 1 ? text.replace(/^\uFEFF/, "").trim() : text.trim();
    if (trimmed === "") continue;
    try {
      yield { line, value: JSON.parse(trimmed) };
    } catch {
      damage.cut = true;
    }
  }
}
