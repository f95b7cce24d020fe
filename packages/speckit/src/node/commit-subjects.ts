import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Older commits say little about what a file is today. */
const MOST_COMMITS = 1000;
/** A commit that touches more files says nothing about any of them. */
const MOST_FILES = 30;
const MOST_SUBJECTS = 20;
/** A repository so large that git takes longer is searched without subjects. */
const PATIENCE_MS = 10_000;

/** Subjects of the commits that touched each file, newest first; empty where there is no git. Paths are relative to `root`. */
export function commitSubjects(root: string): Map<string, string> {
  const { status, stdout } = spawnSync(
    "git",
    [
      "-c",
      "core.quotepath=off",
      "log",
      "--no-merges",
      `--max-count=${MOST_COMMITS}`,
      "--relative",
      "--no-renames",
      "--name-only",
      "--format=%x01%s",
      "HEAD",
      "--",
      ".",
    ],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      timeout: PATIENCE_MS,
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  const subjects = new Map<string, string[]>();
  for (const commit of status === 0 ? stdout.split("\u0001").slice(1) : []) {
    const [subject = "", ...lines] = commit.split("\n");
    const files = lines.filter((line) => line !== "");
    if (files.length > MOST_FILES) continue;
    for (const file of files) {
      const own = subjects.get(file) ?? [];
      if (own.length < MOST_SUBJECTS) own.push(subject);
      subjects.set(file, own);
    }
  }
  return new Map([...subjects].map(([file, own]) => [file, own.join("\n")]));
}

/**
 * A text that changes whenever the commit that is checked out does, found without starting git; undefined where there is no repository. Never throws.
 */
export function checkedOut(root: string): string | undefined {
  try {
    const git = gitFolder(root);
    if (git === undefined) return undefined;
    const head = readFileSync(join(git, "HEAD"), "utf8").trim();
    const ref = /^ref: (.+)$/.exec(head)?.[1];
    return ref === undefined ? head : `${ref} ${commitOf(git, ref)}`;
  } catch {
    return undefined;
  }
}

/** `.git` of the repository that `root` is in: a folder, or a file that names one, as in worktrees and submodules. */
function gitFolder(root: string): string | undefined {
  for (let dir = root; ; dir = dirname(dir)) {
    const git = join(dir, ".git");
    const stat = statSync(git, { throwIfNoEntry: false });
    if (stat?.isDirectory()) return git;
    if (stat) return resolve(dir, /^gitdir: (.+)$/m.exec(readFileSync(git, "utf8"))?.[1]?.trim() ?? "");
    if (dir === dirname(dir)) return undefined;
  }
}

/** The commit of a branch: in a file of its own, or packed with others, whose time stamp then tells. */
function commitOf(git: string, ref: string): string {
  const common = join(git, "commondir");
  const shared = existsSync(common) ? resolve(git, readFileSync(common, "utf8").trim()) : git;
  const loose = join(shared, ref);
  if (existsSync(loose)) return readFileSync(loose, "utf8").trim();
  return `packed ${statSync(join(shared, "packed-refs"), { throwIfNoEntry: false })?.mtimeMs ?? "nowhere"}`;
}
