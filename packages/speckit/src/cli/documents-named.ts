import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { basename, relative, resolve, sep } from "node:path";
import { linkLoose } from "../link/loose.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { findRoot, type Standpoint } from "../node/find-root.ts";
import { readConfigAlone } from "../node/read-config.ts";
import { type DocumentKind, documentKinds, parseAs, type ReadableDocument } from "../parse/formats.ts";
import { createLocate } from "../parse/locate.ts";
import { decodeText, none } from "../parse/text.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import { type ChosenDocuments, ownedDocuments } from "./documents-in-scope.ts";
import { openWorkspace, ruleIds } from "./open-workspace.ts";
import { choice, optionText } from "./options.ts";

const MAX_BYTES = 100_000_000;

interface NamedFile {
  readonly path: string;
  /** Relative to the workspace root with `/`, or absolute where it stands outside. */
  readonly file: string;
  readonly kind: DocumentKind;
}

/**
 * The documents that the command line names. With `--as` they are read alone, wherever they stand; otherwise each is what its name says, and
 * is read with the workspace around it when it is part of that.
 * @throws UsageError when one is missing, no file, or of a name that says nothing
 */
export function documentsNamed(names: readonly string[], options: Options, io: Io): ChosenDocuments {
  const as = choice<DocumentKind>(options, "as", documentKinds);
  const cwd = optionText(options, "cwd");
  const standpoint = findRoot(io.cwd, cwd);
  const byPath = new Map(names.map((name) => [resolve(io.cwd, cwd ?? ".", name), name]));
  const files = Array.from(byPath, ([path, name]): NamedFile => {
    demandFile(path, name);
    return { path, file: shownPath(standpoint.root, path), kind: as ?? kindByName(name) };
  });
  const linked = as === undefined ? inWorkspace(files, options, io) : undefined;
  if (!linked && (options.suppressAll === true || options.pruneSuppressions === true))
    throw new UsageError(
      "Suppressions are for documents of the workspace; these files are read alone. Leave out one of the two.",
    );
  return linked ?? alone(files, standpoint);
}

function demandFile(path: string, name: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`There is no file ${name}. Pass the path of a document.`);
  if (stat.isDirectory())
    throw new UsageError(`${name} is a folder. Name a document in it, or work there with --cwd ${name}.`);
  if (!stat.isFile()) throw new UsageError(`${name} is no regular file. Pass the path of a document.`);
  try {
    accessSync(path, constants.R_OK);
  } catch {
    throw new UsageError(`${name} cannot be read: permission denied. Change who may read it.`);
  }
}

function kindByName(name: string): DocumentKind {
  const kind = documentKinds.find((candidate) => basename(name) === `${candidate}.md`);
  if (kind) return kind;
  const known = documentKinds.map((candidate) => `${candidate}.md`).join(", ");
  throw new UsageError(
    `${name} does not say what it is; only the names ${known} do. Say it: speckit validate --as ${documentKinds.join("|")} ${name}`,
  );
}

function shownPath(root: string, path: string): string {
  const inside = path.startsWith(root.endsWith(sep) ? root : root + sep);
  return (inside ? relative(root, path) : path).split(sep).join("/");
}

/** Undefined when not all of the files are documents of the workspace one stands in. */
function inWorkspace(files: readonly NamedFile[], options: Options, io: Io): ChosenDocuments | undefined {
  if (files.some(({ path, file }) => path.split(sep).join("/") === file)) return undefined;
  const opened = openWorkspace({ ...options, all: true }, io);
  const { workspace } = opened.read;
  const named = new Set(files.map(({ file }) => file));
  const owned = ownedDocuments(workspace).filter(({ document }) => named.has(document.file));
  const documents = owned.map(({ document }) => document);
  const known = new Set([...documents, ...workspace.problems.map(({ at }) => at)].map(({ file }) => file));
  if (files.some(({ file }) => !known.has(file))) return undefined;
  return {
    opened,
    workspaces: [workspace],
    documents,
    services: [...new Set(owned.flatMap(({ service }) => service ?? []))],
    isAbout: ({ location }) => named.has(location.file),
    isWhole: false,
  };
}

/** Reads the files without whatever stands around them; only the configuration of the workspace one stands in counts. */
function alone(files: readonly NamedFile[], standpoint: Standpoint): ChosenDocuments {
  const { root } = standpoint;
  const config = readConfigAlone(root, ruleIds);
  const texts = new Map<string, string>();
  const documents = files.map((named) => readDocument(named, texts));
  const textOf = (file: string) => texts.get(file);
  const { locate } = createLocate(textOf, () => undefined);
  return {
    opened: {
      standpoint,
      scope: { kind: "all" },
      read: {
        root,
        workspace: linkLoose(documents, config),
        locate,
        textOf,
        valueOf: () => undefined,
        hashes: new Map(),
        repositories: [],
        nested: [],
        readsBeyond: false,
        stats: { files: files.length, documents: documents.length, read: documents.length },
        save: () => {},
      },
    },
    workspaces: documents.map((document) => linkLoose([document], config)),
    documents: documents.filter((document): document is ReadableDocument => document.kind !== "unreadable"),
    services: [],
    isAbout: () => true,
    isWhole: false,
  };
}

function readDocument(
  { path, file, kind }: NamedFile,
  texts: Map<string, string>,
): ReadableDocument | Extract<ParsedDocument, { kind: "unreadable" }> {
  const { size } = statSync(path);
  const decoded =
    size > MAX_BYTES
      ? none(
          file,
          "unreadable-file",
          `${file} has ${Math.round(size / 1e6)} MB; files are read up to 100 MB.`,
        )
      : decodeText(file, readFileSync(path));
  if (decoded.kind === "none") return { kind: "unreadable", file, problems: decoded.problems };
  texts.set(file, decoded.text);
  const document = parseAs(kind, { file, text: decoded.text, bytes: size });
  return { ...document, problems: [...decoded.problems, ...document.problems] };
}
