import { type Dirent, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import ignore, { type Ignore } from "ignore";
import type { ReadingProblem } from "../model/contract.ts";
import { compareText } from "../model/location.ts";

/** The files of a tree that can matter. Paths are relative to the root, with `/`, sorted. */
export interface FileTree {
  readonly files: readonly string[];
  /** The folders that were looked into, the root as the empty string: what they list has not changed while their time stamps have not. */
  readonly folders: readonly string[];
  readonly problems: readonly ReadingProblem[];
  /** Folders below that are workspaces of their own, which are left to themselves. */
  readonly nested: readonly string[];
}

/** Folders that hold nothing a person wrote, whatever `.gitignore` says. */
const skipped: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".speckit",
  "node_modules",
  "bower_components",
  ".venv",
  "venv",
  "__pycache__",
  ".tox",
  ".next",
  ".nuxt",
  ".turbo",
  ".gradle",
  ".terraform",
  ".cache",
  ".idea",
]);
/** What stands beside a `dist` that was made from it. */
const sources = /^(?:src|lib|packages|apps|services|tsconfig.*\.json|\.git)$/;
/** Folders of that name are build output or copies where a build file stands beside them. */
const skippedBeside: Readonly<Record<string, RegExp>> = {
  target: /^(?:pom\.xml|Cargo\.toml|build\.sbt)$/,
  vendor: /^(?:go\.mod|composer\.json|Gemfile)$/,
  build: /^(?:build\.gradle(?:\.kts)?|CMakeLists\.txt)$/,
};

/** Folders that say whose samples they hold: `rule.examples/misspelt`. Nobody works in one. */
const sampleOfSomething = /\.(?:examples?|samples?|fixtures)(?:\/|$)/;

interface Rules {
  readonly base: string;
  readonly matcher: Ignore;
}

/** Lists the files below `root`, without what git ignores and without following links out of the tree. Never throws. */
export function walk(root: string): FileTree {
  const files: string[] = [];
  const problems: ReadingProblem[] = [];
  const nested: string[] = [];
  const folders: string[] = [];
  const visit = (dir: string, rules: readonly Rules[]): void => {
    folders.push(dir);
    const entries = list(root, dir, problems);
    const names = entries.map(({ name }) => name);
    if (dir !== "" && names.includes(".speckit.config.json")) {
      if (!sampleOfSomething.test(dir)) nested.push(dir);
      return;
    }
    const active = names.includes(".gitignore") ? [...rules, readRules(root, dir)] : rules;
    for (const entry of entries) {
      const path = dir === "" ? entry.name : `${dir}/${entry.name}`;
      if (entry.isDirectory()) {
        if (isSkipped(entry.name, names)) continue;
        if (!isIgnored(`${path}/`, active)) visit(path, active);
      } else if (isIgnored(path, active)) {
      } else if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink()) link(root, path, files, problems);
    }
  };
  visit("", []);
  return { files: files.sort(compareText), folders, problems, nested: nested.sort(compareText) };
}

function isSkipped(name: string, besides: readonly string[]): boolean {
  if (skipped.has(name)) return true;
  // A published package consists of its `dist`.
  if (name === "dist")
    return !besides.includes("package.json") || besides.some((other) => sources.test(other));
  const beside = skippedBeside[name];
  return beside !== undefined && besides.some((other) => beside.test(other));
}

function list(root: string, dir: string, problems: ReadingProblem[]): Dirent[] {
  try {
    return readdirSync(join(root, dir), { withFileTypes: true });
  } catch (error) {
    const message = `The folder ${dir || "."} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown error"}.`;
    problems.push({ rule: "unreadable-file", message, at: { file: dir || ".", line: 1, column: 1 } });
    return [];
  }
}

function readRules(root: string, dir: string): Rules {
  const base = dir === "" ? "" : `${dir}/`;
  try {
    return { base, matcher: ignore().add(readFileSync(join(root, dir, ".gitignore"), "utf8")) };
  } catch {
    return { base, matcher: ignore() };
  }
}

function isIgnored(path: string, rules: readonly Rules[]): boolean {
  return rules.some(({ base, matcher }) => matcher.ignores(path.slice(base.length)));
}

/** A link to a file of the tree is that file under another name; one that leads elsewhere is reported and not read. */
function link(root: string, path: string, files: string[], problems: ReadingProblem[]): void {
  if (!/\.(?:md|ya?ml|json|avsc)$/.test(path)) return;
  const at = { file: path, line: 1, column: 1 };
  try {
    const target = realpathSync(join(root, path));
    const inside = target.startsWith(realpathSync(root) + sep);
    if (inside) files.push(path);
    else
      problems.push({
        rule: "unreadable-file",
        severity: "warning",
        message: `${path} is a link out of the tree; it is not read.`,
        at,
      });
  } catch {
    problems.push({
      rule: "unreadable-file",
      severity: "warning",
      message: `${path} is a link that leads nowhere.`,
      at,
    });
  }
}
