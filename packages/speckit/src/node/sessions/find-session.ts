import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { text } from "../../tokens/formats/fields.ts";
import { opencodeSessions } from "./opencode-database.ts";
import { filesIn, firstLine, head, list, newestFirst } from "./session-files.ts";
import { codexMeta, isCodexSubagent } from "./subagents.ts";

/** Where a session lies. */
export interface SessionPlace {
  readonly path: string;
  /** Which one of a database. */
  readonly session?: string | undefined;
  readonly changedMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;
/** Whether an agent that was started in a folder worked on the workspace. */
type Related = (folder: string) => boolean;

/**
 * The session of an agent that was last written to, of those begun in the workspace's folder, below it, or above it within the same repository. Folders
 * of agents that cannot be read are passed over.
 */
export function findSession(root: string, env: Environment): SessionPlace | undefined {
  const folders = workspaceFolders(root);
  const related = (folder: string) =>
    folders.includes(folder) || folders.slice(0, 2).some((own) => folder.startsWith(own + sep));
  const home = env.HOME ?? env.USERPROFILE;
  const below = (given: string | undefined, ...usual: string[]) =>
    given !== undefined && given !== "" ? [given] : home === undefined ? [] : [join(home, ...usual)];
  const claude = (env.CLAUDE_CONFIG_DIR ?? "").split(",").flatMap((dir) => dir.trim() || []);
  return [
    ...(claude.length > 0
      ? claude
      : [...below(undefined, ".config", "claude"), ...below(undefined, ".claude")]
    ).map((dir) => claudeSession(dir, folders, related)),
    ...below(env.CODEX_HOME, ".codex").map((dir) => codexSession(dir, related)),
    ...below(undefined, ".gemini").map((dir) => geminiSession(dir, folders, related)),
    ...below(env.OPENCODE_DATA_DIR, ".local", "share", "opencode").map((dir) =>
      opencodeSession(dir, related),
    ),
  ]
    .filter((place) => place !== undefined)
    .sort((a, b) => b.changedMs - a.changedMs)[0];
}

/** The root as it was given, as the system knows it, and the folders above up to the repository's. */
function workspaceFolders(root: string): string[] {
  const real = realpathSync(root);
  const above: string[] = [];
  for (let dir = real; ; dir = dirname(dir)) {
    above.push(dir);
    if (existsSync(join(dir, ".git"))) return [root, ...above];
    if (dir === dirname(dir)) return [root, real];
  }
}

/** Claude Code names the folder of a project after the project's path, everything but letters and digits replaced. */
function claudeSession(dir: string, folders: readonly string[], related: Related): SessionPlace | undefined {
  const names = folders.map((folder) => folder.replace(/[^a-zA-Z0-9]/g, "-"));
  const projects = list(join(dir, "projects")).filter(
    (name) => names.includes(name) || names.slice(0, 2).some((own) => name.startsWith(`${own}-`)),
  );
  const files = projects.flatMap((name) => filesIn(join(dir, "projects", name), /\.jsonl$/));
  return newestFirst(files).find(({ path }) => {
    // Versions before 2.1 have files of subagents beside the sessions, and some begin a session with a line of one.
    const cwd = head(path, (line) => (line.isSidechain === true ? undefined : text(line.cwd)));
    return cwd !== undefined && related(cwd);
  });
}

function codexSession(dir: string, related: Related): SessionPlace | undefined {
  const files = newestFirst([
    ...filesIn(join(dir, "sessions"), /rollout-[^/\\]*\.jsonl$/, 3),
    ...filesIn(join(dir, "archived_sessions"), /rollout-[^/\\]*\.jsonl$/),
  ]);
  return files.find(({ path }) => {
    const { cwd, source } = codexMeta(path) ?? {};
    return text(cwd) !== undefined && related(String(cwd)) && !isCodexSubagent(source);
  });
}

/** Gemini CLI names the folder of a project after the hash of its path, or writes the path into a file there. */
function geminiSession(dir: string, folders: readonly string[], related: Related): SessionPlace | undefined {
  const hashes = folders.map((folder) => createHash("sha256").update(folder).digest("hex"));
  const files = list(join(dir, "tmp")).flatMap((name) => {
    const project = join(dir, "tmp", name);
    return hashes.includes(name) || related(firstLine(join(project, ".project_root")))
      ? filesIn(join(project, "chats"), /session-[^/\\]*\.jsonl?$/)
      : [];
  });
  return newestFirst(files).find(
    ({ path }) =>
      head(path, (record) => (record.sessionId === undefined ? undefined : (record.kind ?? "main"))) ===
      "main",
  );
}

function opencodeSession(dir: string, related: Related): SessionPlace | undefined {
  const places = filesIn(dir, /^opencode(?:-[\w.-]+)?\.db$/).flatMap(({ path }) => {
    const sessions = sessionsOf(path);
    const found = sessions.find(({ directory, parent }) => parent === undefined && related(directory ?? ""));
    return found ? { path, session: found.id, changedMs: found.updated } : [];
  });
  const files = newestFirst(filesIn(join(dir, "storage", "session"), /^ses_.*\.json$/, 1));
  const found = files.find(({ path }) => {
    const { directory, parentID } = head(path, (record) => record) ?? {};
    return parentID === undefined && related(text(directory) ?? "");
  });
  return newestFirst([...places, ...(found ? [found] : [])])[0];
}

function sessionsOf(path: string): ReturnType<typeof opencodeSessions> {
  try {
    return opencodeSessions(path);
  } catch {
    return [];
  }
}
