import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { compareText } from "../../model/location.ts";
import type { SessionRecord } from "../../tokens/session.ts";
import { messagesIn, opencodeSessions } from "./opencode-database.ts";
import { SessionUnreadable } from "./records.ts";

/**
 * The records of a session of opencode, as `tokens/formats/opencode.ts` wants them: from its database, or from the files that it had before
 * (`storage/session/<project>/<session>.json`, `storage/message/<session>/`). Undefined when the path is neither.
 */
export function opencodeRecords(
  path: string,
  session: string | undefined,
): Iterable<SessionRecord> | undefined {
  if (path.endsWith(".db")) return inDatabase(path, session);
  const storage = /^(.*)[\\/]storage[\\/](?:session|message)[\\/]/.exec(path)?.[1];
  const id = basename(path).replace(/\.json$/, "");
  return storage !== undefined && id.startsWith("ses_")
    ? inFiles(join(storage, "storage"), path, id)
    : undefined;
}

function inDatabase(path: string, session: string | undefined): Iterable<SessionRecord> {
  const sessions = opencodeSessions(path);
  const chosen = sessions.find(({ id, parent }) =>
    session === undefined ? parent === undefined : id === session,
  );
  if (!chosen)
    throw new SessionUnreadable(`${path} holds no session${session === undefined ? "" : ` ${session}`}.`);
  return {
    *[Symbol.iterator]() {
      yield { line: 1, value: { session: chosen } };
      for (const { message, parts } of messagesIn(path, chosen.id))
        yield { line: 1, value: { message, parts } };
    },
  };
}

function inFiles(storage: string, path: string, id: string): Iterable<SessionRecord> {
  return {
    *[Symbol.iterator]() {
      const session = statSync(path).isFile() ? json(path) : { id };
      yield { line: 1, value: { session } };
      for (const file of jsonFiles(join(storage, "message", id))) {
        const message = json(file);
        const parts = jsonFiles(join(storage, "part", basename(file, ".json"))).map(json);
        if (message !== undefined) yield { line: 1, value: { message, parts } };
      }
    },
  };
}

/** Files of a folder by name, which is the order of time: opencode's ids ascend. */
function jsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .sort(compareText)
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** A file that is being written just now is as good as none. */
function json(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
