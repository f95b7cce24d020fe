import { basename, dirname, join } from "node:path";
import { fields, text } from "../../tokens/formats/fields.ts";
import type { Agent } from "../../tokens/session.ts";
import { opencodeSessions } from "./opencode-database.ts";
import { filesIn, head, newestFirst } from "./session-files.ts";

/** A file of a subagent; `session` names one in a database. */
export interface SubagentPlace {
  readonly path: string;
  readonly session?: string | undefined;
}

/** Where the subagents of a session were written down, each as its agent does it. None where nobody may look. */
export function subagentsOf(agent: Agent, path: string, session: string | undefined): SubagentPlace[] {
  switch (agent) {
    case "claude-code":
      return ofClaude(path);
    case "codex":
      return ofCodex(path);
    case "gemini-cli":
      return ofGemini(path);
    case "opencode":
      return path.endsWith(".db") ? ofDatabase(path, session) : ofOpencode(path);
  }
}

/** Claude Code has them in a folder named after the session; before 2.1 beside the session, under names of their own. */
function ofClaude(path: string): SubagentPlace[] {
  const id = head(path, ({ sessionId }) => text(sessionId));
  const beside = newestFirst(filesIn(dirname(path), /^agent-[^/\\]*\.jsonl$/)).filter(
    (file) =>
      file.path !== path && id !== undefined && head(file.path, ({ sessionId }) => text(sessionId)) === id,
  );
  return [...filesIn(join(path.replace(/\.jsonl$/, ""), "subagents"), /\.jsonl$/), ...beside];
}

/** What `session_meta` of a rollout says. */
export function codexMeta(path: string): { cwd?: unknown; id?: unknown; source?: unknown } | undefined {
  return head(path, ({ type, payload }) => (type === "session_meta" ? fields(payload) : undefined));
}

/** Whether a rollout is one of a subagent: spawned by a session, or at work for the program, such as a review. */
export function isCodexSubagent(source: unknown): boolean {
  return fields(source).subagent !== undefined;
}

/** Codex writes each into a file like any other, of the same day or a later one. */
function ofCodex(path: string): SubagentPlace[] {
  const id = codexMeta(path)?.id;
  const sessions = /^.*[\\/](?:archived_)?sessions(?=[\\/])/.exec(path)?.[0];
  const rollouts = filesIn(sessions ?? dirname(path), /^rollout-[^/\\]*\.jsonl$/, sessions ? 3 : 0);
  const later = rollouts.filter((file) => file.path > path);
  return newestFirst(later).filter((file) => {
    const spawn = fields(fields(fields(codexMeta(file.path)?.source).subagent).thread_spawn);
    return id !== undefined && spawn.parent_thread_id === id;
  });
}

/** Gemini CLI has them in a folder named after the session, where letters stand for what no name of a file may have. */
function ofGemini(path: string): SubagentPlace[] {
  const id = head(path, ({ sessionId }) => text(sessionId));
  return id === undefined || /[\\/]|^\.+$/.test(id) ? [] : filesIn(join(dirname(path), id), /\.jsonl?$/);
}

function ofOpencode(path: string): SubagentPlace[] {
  const id = basename(path, ".json");
  const storage = /^(.*[\\/]storage)[\\/](?:session|message)[\\/]/.exec(path)?.[1];
  return storage === undefined
    ? []
    : newestFirst(filesIn(join(storage, "session"), /^ses_.*\.json$/, 1)).filter(
        (file) => head(file.path, ({ parentID }) => text(parentID)) === id,
      );
}

function ofDatabase(path: string, session: string | undefined): SubagentPlace[] {
  const sessions = opencodeSessions(path);
  const main = session ?? sessions.find(({ parent }) => parent === undefined)?.id;
  return sessions.filter(({ parent }) => parent === main).map(({ id }) => ({ path, session: id }));
}
