import { groupBy } from "../../model/group-by.ts";
import { type Fields, fields, text } from "../../tokens/formats/fields.ts";
import { SessionUnreadable } from "./records.ts";
import { type Row, rowsOf } from "./sqlite-table.ts";

/** A session in opencode's database. */
export interface OpencodeSession {
  readonly id: string;
  readonly directory: string | undefined;
  /** The session that started it, for a subagent's. */
  readonly parent: string | undefined;
  /** Milliseconds since 1970. */
  readonly updated: number;
}

/**
 * The sessions of a database, newest first. Tables are named as in opencode 1.2: session, message, part.
 * @throws SessionUnreadable
 */
export function opencodeSessions(path: string): OpencodeSession[] {
  return rows(path, "session", () => true)
    .map(sessionIn)
    .sort((a, b) => b.updated - a.updated || (a.id < b.id ? 1 : -1));
}

/** Columns of their own in newer versions, one column of JSON in others. */
function sessionIn(row: Row): OpencodeSession {
  const data = json(row.data);
  const time = fields(data.time);
  return {
    id: String(row.id),
    directory: text(row.directory) ?? text(data.directory),
    parent: text(row.parent_id) ?? text(data.parentID),
    updated: Number(row.time_updated ?? time.updated ?? row.time_created ?? time.created ?? 0),
  };
}

/**
 * The messages of a session with their parts, in the order of time: opencode's ids ascend.
 * @throws SessionUnreadable
 */
export function* messagesIn(path: string, session: string): Generator<{ message: Fields; parts: Fields[] }> {
  const ofSession = (row: Row) => row.session_id === session;
  const messages = rows(path, "message", ofSession).sort(byId);
  const parts = groupBy(rows(path, "part", ofSession).sort(byId), ({ message_id }) => message_id);
  for (const { id, data } of messages)
    yield {
      message: json(data),
      parts: (parts.get(id) ?? []).map((part) => ({ id: part.id, ...json(part.data) })),
    };
}

function byId(one: Row, other: Row): number {
  return String(one.id) < String(other.id) ? -1 : 1;
}

function rows(path: string, table: string, keep: (row: Row) => boolean): Row[] {
  try {
    return [...rowsOf(path, table, keep)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SessionUnreadable(
      `${path} cannot be read: ${reason}. Pass a database of opencode with --session; if opencode is writing it just now, try again.`,
    );
  }
}

function json(value: unknown): Fields {
  try {
    return typeof value === "string" ? fields(JSON.parse(value)) : {};
  } catch {
    return {};
  }
}
