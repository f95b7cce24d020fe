import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import picomatch from "picomatch";
import { link } from "../link/link.ts";
import type { Locate } from "../model/location.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Workspace } from "../model/workspace.ts";
import { BadConfig } from "../parse/config.ts";
import { mayBeOurs } from "../parse/formats.ts";
import { createLocate } from "../parse/locate.ts";
import { readCache, writeCache } from "./cache.ts";
import { DocumentReader, MISSING } from "./document-reader.ts";
import { type FleetTree, readTree } from "./fleet-tree.ts";
import { readAhead } from "./read-ahead.ts";
import { CONFIG_FILE } from "./read-config.ts";
import type { FileTree } from "./walk.ts";

/** A workspace together with what is needed to say where things stand. */
export interface ReadWorkspace {
  readonly root: string;
  readonly workspace: Workspace;
  readonly locate: Locate;
  /** Text of a file as it was read, or undefined when it is gone. */
  readonly textOf: (file: string) => string | undefined;
  /** Value of a YAML or JSON file of the tree, or undefined when there is none. */
  readonly valueOf: (file: string) => unknown;
  /** Files that hold a document, with the git blob ids of their contents. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Folders of the other repositories of the fleet, relative to the root. */
  readonly repositories: readonly string[];
  readonly nested: readonly string[];
  /** Whether a `$ref` led to a file that is not in the tree: git ignores it, or it is missing. */
  readonly readsBeyond: boolean;
  readonly stats: { readonly files: number; readonly documents: number; readonly read: number };
  /** Keeps what was learnt for the next run; to be called after the findings were located. */
  readonly save: () => void;
}

export interface ReadOptions {
  readonly cache: boolean;
  readonly now: number;
  readonly ruleIds: ReadonlySet<string>;
  /** What was seen of the tree already. */
  readonly tree?: FleetTree | undefined;
  /** Whether code alone makes a service, though neither contract nor specification was written yet. */
  readonly codeServices?: boolean;
}

/** Reads every document below `root` and links them. What cannot be read becomes a problem of the workspace; nothing stops the rest. */
export function readWorkspace(root: string, options: ReadOptions): ReadWorkspace {
  const { cache, now, ruleIds, tree = readTree(root, ruleIds) } = options;
  const { config, configProblems: problems, repositories } = tree;
  const useCache = cache && config.cache.enabled;
  const reader = new DocumentReader(
    root,
    useCache ? readCache(root, config.cache.retention_days, now) : new Map(),
    now,
  );
  const documents = readDocuments(root, reader, tree.files.filter(mayBeOurs));
  const workspace = link({
    documents,
    files: tree.files,
    config,
    repositories,
    serviceRoots: serviceRoots(config.services, tree.files),
    rootName: rootName(root),
    codeServices: options.codeServices,
  });
  const textOf = (file: string) => reader.textOf(file);
  const { locate, learnt } = createLocate(textOf, (file) => reader.entries.get(file)?.positions);
  return {
    root,
    repositories,
    workspace: { ...workspace, problems: [...workspace.problems, ...problems, ...tree.problems] },
    locate,
    textOf,
    valueOf: (file) => reader.valueOf(file),
    hashes: new Map([...reader.entries].map(([file, { hash }]) => [file, hash])),
    nested: tree.nested,
    readsBeyond: readsBeyond(reader, tree),
    stats: { files: tree.files.length, documents: documents.length, read: reader.readCount },
    save: () => {
      if (useCache && (reader.changed || learnt())) writeCache(root, reader.entries);
    },
  };
}

/** Reads files that nothing is known about on several threads, when there are many of them. */
function readDocuments(root: string, reader: DocumentReader, files: readonly string[]): ParsedDocument[] {
  const fresh = files.filter((file) => !reader.knows(file));
  const ahead = readAhead(root, fresh);
  if (ahead) {
    reader.readAll(fresh.filter((file) => !ahead.files.has(file)));
    const { entries, parsed } = ahead.collect();
    reader.adopt(entries, parsed);
  }
  return reader.readAll(files);
}

function readsBeyond({ entries }: DocumentReader, { files }: FileTree): boolean {
  const known = new Set(files);
  return [...entries.values()].some(({ document, references }) =>
    Object.entries(references).some(
      ([file, hash]) =>
        !known.has(file) &&
        // Where a document only points to a file, that file is not there until it is in the tree.
        !(hash === MISSING && document?.kind === "summary"),
    ),
  );
}

/** @throws BadConfig when there are globs and no folder is like any of them: going on would find other services than those meant */
function serviceRoots(globs: readonly string[], files: readonly string[]): string[] {
  if (globs.length === 0) return [];
  const matches = picomatch([...globs]);
  const folders = [...new Set(files.flatMap(foldersAbove))].filter((dir) => matches(dir));
  if (folders.length > 0) return folders;
  const named = globs.map((glob) => `"${glob}"`).join(", ");
  throw new BadConfig(
    `${CONFIG_FILE}: 'services' names no folder: nothing matches ${named}. Correct the globs, or leave 'services' out.`,
  );
}

/** Name of a repository that is one service: what its package says, else its folder. */
function rootName(root: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { name?: unknown };
    if (typeof name === "string" && name !== "") return name.replace(/^@[^/]+\//, "");
  } catch {
    // No package, or a broken one: the folder has a name too.
  }
  return basename(root);
}

function foldersAbove(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
