import { closeSync, openSync, type Stats, statSync } from "node:fs";
import { agentOf, sessionReaders } from "../../tokens/formats/index.ts";
import type { Agent, SessionEvent, SessionRecord } from "../../tokens/session.ts";
import { opencodeRecords } from "./opencode.ts";
import { type Damage, recordsIn, SessionUnreadable } from "./records.ts";
import { subagentsOf } from "./subagents.ts";

/** A session that can be gone through, event by event, as often as one wants. */
export interface OpenSession {
  readonly agent: Agent;
  readonly path: string;
  readonly events: () => Generator<SessionEvent>;
  /** Events of the subagents that it started, which have their own context. */
  readonly subagents: () => Generator<SessionEvent>;
  /** What could not be read; known after the events were gone through. */
  readonly damage: Damage;
}

/** Records looked at to find out whose file it is. */
const LOOKED_AT = 50;

/**
 * Opens a session file: of Claude Code, Codex or Gemini CLI, or opencode's database or the file or folder of one of its sessions. `session` names one in a
 * database.
 * @throws SessionUnreadable
 */
export function openSession(path: string, session?: string): OpenSession {
  checkReadable(path);
  const damage: Damage = { lines: [], cut: false, records: 0, unknown: new Set(), unknownCount: 0 };
  const opencode = opencodeRecords(path, session);
  const records = opencode ?? recordsIn(path, damage);
  const agent = opencode ? "opencode" : agentIn(path, records);
  const read = sessionReaders[agent];
  return {
    agent,
    path,
    damage,
    events: () => noting(read(records), damage),
    subagents: function* () {
      for (const { path: file, session: one } of subagentsOf(agent, path, session))
        yield* read(opencodeRecords(file, one) ?? recordsIn(file));
    },
  };
}

/** Notes events that this version does not know on the way. */
function* noting(events: Iterable<SessionEvent>, damage: Damage): Generator<SessionEvent> {
  damage.records = 0;
  damage.unknownCount = 0;
  for (const event of events) {
    damage.records++;
    if (event.kind === "unknown") {
      damage.unknownCount++;
      damage.unknown.add(event.record);
    }
    yield event;
  }
}

function checkReadable(path: string): void {
  const stat = statIfAllowed(path);
  if (!stat)
    throw new SessionUnreadable(
      `There is no file ${path}. Pass the session file of an agent with --session.`,
    );
  if (stat.isDirectory() && !/[\\/]storage[\\/]message[\\/]/.test(path))
    throw new SessionUnreadable(`${path} is a folder. Pass the file of one session with --session.`);
  if (!stat.isFile() && !stat.isDirectory())
    throw new SessionUnreadable(
      `${path} is a pipe or a device. A session is gone through more than once: write it into a file, and pass that with --session.`,
    );
  if (stat.size === 0 && stat.isFile())
    throw new SessionUnreadable(`${path} is empty: nothing was said in it.`);
}

/** Throws what to do when the file, or a folder on the way to it, may not be read. */
function statIfAllowed(path: string): Stats | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    // Opening a pipe would wait for whoever writes into it.
    if (stat?.isFile() || stat?.isDirectory()) closeSync(openSync(path, "r"));
    return stat;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new SessionUnreadable(
      /^(?:EACCES|EPERM)$/.test(code)
        ? `${path} may not be read by you. Pass a session of your own, or ask for the permission to read it.`
        : `${path} cannot be read (${code}). Pass another file with --session.`,
      { cause: error },
    );
  }
}

function agentIn(path: string, records: Iterable<SessionRecord>): Agent {
  let seen = 0;
  for (const { value } of records) {
    const agent = agentOf(value);
    if (agent) return agent;
    if (++seen >= LOOKED_AT) break;
  }
  throw new SessionUnreadable(
    `${path} is no session of Claude Code, Codex, Gemini CLI or opencode${seen === 0 ? ": it has no line of JSON" : `: its first ${seen === 1 ? "record is" : `${seen} records are`} none that they write`}. Pass another file with --session, or none.`,
  );
}
