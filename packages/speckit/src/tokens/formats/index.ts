import type { Agent, SessionEvent, SessionRecord } from "../session.ts";
import { readClaudeCode } from "./claude-code.ts";
import { readCodex } from "./codex.ts";
import { type Fields, fields } from "./fields.ts";
import { readGeminiCli } from "./gemini-cli.ts";
import { readOpencode } from "./opencode.ts";

/** Makes events of the records of a session file. Records may be gone through more than once. */
export type SessionReader = (records: Iterable<SessionRecord>) => Generator<SessionEvent>;

export const sessionReaders: Readonly<Record<Agent, SessionReader>> = {
  "claude-code": readClaudeCode,
  codex: readCodex,
  "gemini-cli": readGeminiCli,
  opencode: readOpencode,
};

export const agentNames: Readonly<Record<Agent, string>> = {
  "claude-code": "Claude Code",
  codex: "Codex",
  "gemini-cli": "Gemini CLI",
  opencode: "opencode",
};

/** Whose record that is, undefined when it could be anybody's. */
export function agentOf(value: unknown): Agent | undefined {
  const record = fields(value);
  return agents.find((agent) => signs[agent](record));
}

const agents: readonly Agent[] = ["codex", "claude-code", "gemini-cli", "opencode"];

const signs: Readonly<Record<Agent, (record: Fields) => boolean>> = {
  codex: ({ type, payload, thread_id, record_type, ...record }) =>
    (payload !== undefined &&
      /^(?:session_meta|turn_context|response_item|event_msg|compacted)$/.test(String(type))) ||
    (type === "thread.started" && thread_id !== undefined) ||
    // Versions before 0.32.
    record_type === "state" ||
    (type === undefined && record.id !== undefined && record.instructions !== undefined),
  "claude-code": ({ type, sessionId, message, leafUuid, uuid }) =>
    (type === "summary" && leafUuid !== undefined) ||
    (sessionId !== undefined && uuid !== undefined && type !== undefined) ||
    (/^(?:user|assistant)$/.test(String(type)) && fields(message).role !== undefined),
  "gemini-cli": ({ sessionId, projectHash, startTime, messages }) =>
    sessionId !== undefined &&
    (projectHash !== undefined || startTime !== undefined || Array.isArray(messages)),
  opencode: ({ session }) => fields(session).id !== undefined,
};
