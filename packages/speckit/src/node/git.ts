import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";

/** The name that git would give to a file of that content: contents that are equal have equal ids. */
export function blobId(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** A commit that contracts are compared with. */
export type Baseline =
  | { readonly kind: "found"; readonly commit: string; readonly ref: string }
  | { readonly kind: "none"; readonly reason: string };

/** The revision named is not in the repository. */
export class UnknownRevision extends Error {
  constructor(ref: string) {
    super(
      `git knows no revision '${ref}' here. Pass a branch, tag or commit that exists, for example --compare-with HEAD~1.`,
    );
  }
}

/** There is no program called git to ask for a revision. */
export class GitMissing extends Error {
  constructor() {
    super(
      "git is not installed, so no other revision can be read. Install git, or leave out --compare-with.",
    );
  }
}

/**
 * What git prints, or nothing when it says no.
 * @throws GitMissing
 */
function git(root: string, args: readonly string[]): string | undefined {
  const { status, stdout, error } = spawnSync("git", [...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "ignore"],
  });
  if (error && "code" in error && error.code === "ENOENT") throw new GitMissing();
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * The commit to compare with: `ref`, or the merge base with the repository's default branch.
 * @throws UnknownRevision when a `ref` is given that git cannot resolve
 * @throws GitMissing when a `ref` is given and there is no git
 */
export function findBaseline(root: string, ref: string | undefined): Baseline {
  try {
    return baselineOf(root, ref);
  } catch (error) {
    if (!(error instanceof GitMissing) || ref !== undefined) throw error;
    return { kind: "none", reason: "git is not installed" };
  }
}

function baselineOf(root: string, ref: string | undefined): Baseline {
  if (git(root, ["rev-parse", "--git-dir"]) === undefined) {
    if (ref !== undefined) throw new UnknownRevision(ref);
    return { kind: "none", reason: "this is no git repository" };
  }
  if (ref !== undefined) {
    const commit = git(root, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
    if (commit === undefined || ref.startsWith("-")) throw new UnknownRevision(ref);
    return { kind: "found", commit, ref };
  }
  if (git(root, ["rev-parse", "--verify", "--quiet", "HEAD"]) === undefined)
    return { kind: "none", reason: "there is no commit yet" };
  for (const branch of defaultBranches(root)) {
    const commit = git(root, ["merge-base", "HEAD", branch]);
    if (commit !== undefined)
      return {
        kind: "found",
        commit,
        ref: `the merge base with ${branch.replace(/^refs\/(?:heads|remotes)\//, "")}`,
      };
  }
  const shallow = git(root, ["rev-parse", "--is-shallow-repository"]) === "true";
  return {
    kind: "none",
    reason: shallow
      ? "the clone is shallow and does not reach the default branch, which `git fetch --unshallow origin` mends"
      : "no default branch was found",
  };
}

function* defaultBranches(root: string): Generator<string> {
  const remote = git(root, ["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
  if (remote !== undefined) yield remote;
  for (const name of [
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
    "refs/heads/trunk",
  ]) {
    if (git(root, ["rev-parse", "--verify", "--quiet", name]) !== undefined) yield name;
  }
}

/** Files below the folder `root` that differ from a commit: committed since, changed and new ones. Paths are relative to `root`. */
export function changedSince(root: string, commit: string): Set<string> {
  const asked = [
    ["diff", "--name-only", "--relative", "-z", commit, "--", "."],
    ["ls-files", "--others", "--exclude-standard", "-z"],
  ];
  return new Set(asked.flatMap((args) => (git(root, args) ?? "").split("\0").filter((file) => file !== "")));
}

/** Files of a commit below the folder `root`, with their blob ids. Paths are relative to `root`. */
export function listTree(root: string, commit: string): Map<string, string> {
  const out = execFileSync("git", ["ls-tree", "-r", "-z", commit], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const files = new Map<string, string>();
  for (const row of out.split("\0")) {
    const match = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(row);
    // Mode 120000 is a symbolic link: its blob holds a path, not a document.
    if (match?.[1] !== "120000" && match?.[2] && match[3]) files.set(match[3], match[2]);
  }
  return files;
}

/** Contents of many blobs in one go. */
export function readBlobs(root: string, ids: readonly string[]): Map<string, Buffer> {
  const contents = new Map<string, Buffer>();
  if (ids.length === 0) return contents;
  const out = execFileSync("git", ["cat-file", "--batch"], {
    cwd: root,
    input: ids.join("\n"),
    maxBuffer: 1 << 30,
  });
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(10, at);
    if (end === -1) break;
    const [id = "", type, size] = out.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type !== "blob") continue;
    contents.set(id, out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
