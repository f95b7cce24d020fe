import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { type Fields, fields, text } from "../../tokens/formats/fields.ts";
import { opencodeSessions } from "./opencode-database.ts";
import { recordsIn } from "./records.ts";

/** Where a session lies. */
export interface SessionPlace {
  readonly path: string;
  /** Which one of a database. */
  readonly session?: string | undefined;
  readonly changedMs: number;
  readonly subagents: () => readonly Pick<SessionPlace, "path" | "session">[];
}

type Environment = Readonly<Record<string, string | undefined>>;
/** Whether an agent that was started in a folder worked on the workspace. */
type Related = (folder: string) => boolean;

/** Files whose first lines are looked at before the search is given up. */
const LOOKED_AT = 300;

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
  const found = newestFirst(files).find(({ path }) => {
    const cwd = head(path, ({ cwd: folder }) => text(folder));
    return cwd !== undefined && related(cwd);
  });
  return (
    found && {
      ...found,
      subagents: () => filesIn(join(found.path.replace(/\.jsonl$/, ""), "subagents"), /\.jsonl$/),
    }
  );
}

function codexSession(dir: string, related: Related): SessionPlace | undefined {
  const files = newestFirst([
    ...filesIn(join(dir, "sessions"), /rollout-[^/\\]*\.jsonl$/, 3),
    ...filesIn(join(dir, "archived_sessions"), /rollout-[^/\\]*\.jsonl$/),
  ]);
  const meta = (path: string) =>
    head(path, ({ type, payload }) => (type === "session_meta" ? fields(payload) : undefined));
  const found = files.find(({ path }) => {
    const { cwd, source } = meta(path) ?? {};
    return text(cwd) !== undefined && related(String(cwd)) && parentOf(source) === undefined;
  });
  if (!found) return undefined;
  const id = meta(found.path)?.id;
  return {
    ...found,
    subagents: () =>
      files
        .filter(({ path }) => path > found.path)
        .slice(0, LOOKED_AT)
        .filter(({ path }) => parentOf(meta(path)?.source) === id),
  };
}

function parentOf(source: unknown): unknown {
  const spawn = fields(fields(source).subagent).thread_spawn;
  return spawn === undefined ? undefined : fields(spawn).parent_thread_id;
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
  const found = newestFirst(files).find(
    ({ path }) =>
      head(path, (record) => (record.sessionId === undefined ? undefined : (record.kind ?? "main"))) ===
      "main",
  );
  return found && { ...found, subagents: () => [] };
}

function opencodeSession(dir: string, related: Related): SessionPlace | undefined {
  const places = filesIn(dir, /^opencode(?:-[\w.-]+)?\.db$/).flatMap(({ path }) => {
    const sessions = sessionsOf(path);
    const found = sessions.find(({ directory, parent }) => parent === undefined && related(directory ?? ""));
    const children = () =>
      sessions.filter(({ parent }) => parent === found?.id).map(({ id: session }) => ({ path, session }));
    return found ? { path, session: found.id, changedMs: found.updated, subagents: children } : [];
  });
  const files = newestFirst(filesIn(join(dir, "storage", "session"), /^ses_.*\.json$/, 1));
  const found = files.find(({ path }) => {
    const { directory, parentID } = head(path, (record) => record) ?? {};
    return parentID === undefined && related(text(directory) ?? "");
  });
  const id = found && head(found.path, (record) => text(record.id));
  const ofFiles = found && {
    ...found,
    subagents: () => files.filter(({ path }) => head(path, ({ parentID }) => text(parentID)) === id),
  };
  return newestFirst([...places, ...(ofFiles ? [ofFiles] : [])])[0];
}

function sessionsOf(path: string): ReturnType<typeof opencodeSessions> {
  try {
    return opencodeSessions(path);
  } catch {
    return [];
  }
}

/** What the first record says of which `look` says something. */
function head<T>(path: string, look: (record: Fields) => T | undefined): T | undefined {
  let seen = 0;
  try {
    for (const { value } of recordsIn(path)) {
      const found = look(fields(value));
      if (found !== undefined) return found;
      if (++seen === 50) return undefined;
    }
  } catch {
    // Somebody else's, or damaged: there may be others.
  }
  return undefined;
}

interface FoundFile {
  readonly path: string;
  readonly changedMs: number;
}

function newestFirst<T extends FoundFile>(files: readonly T[]): T[] {
  return [...files]
    .sort((a, b) => b.changedMs - a.changedMs || (a.path < b.path ? 1 : -1))
    .slice(0, LOOKED_AT);
}

/** Files of a folder, and of those down to a depth, whose names are as wanted. */
function filesIn(dir: string, wanted: RegExp, depth = 0): FoundFile[] {
  return list(dir).flatMap((name) => {
    const path = join(dir, name);
    const stat = statOf(path);
    if (stat?.isFile() && wanted.test(name)) return { path, changedMs: stat.mtimeMs };
    return stat?.isDirectory() && depth > 0 ? filesIn(path, wanted, depth - 1) : [];
  });
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function list(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

function firstLine(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
