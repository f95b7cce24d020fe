import { isContractKind } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Repositories } from "./repositories.ts";

/** A folder that belongs to one service. */
export interface ServiceFolder {
  readonly name: string;
  /** `.` when the repository is the service. */
  readonly dir: string;
}

/** Folders that hold services side by side. */
const containers: ReadonlySet<string> = new Set([
  "services",
  "apps",
  "packages",
  "microservices",
  "domains",
  "backend",
  "src",
]);
/** Folders at the root that hold something of all services, or of none. */
const shared: ReadonlySet<string> = new Set([
  "build",
  "dist",
  "gen",
  "generated",
  "public",
  "spec",
  "static",
  "api",
  "apis",
  "asyncapi",
  "common",
  "config",
  "contracts",
  "deploy",
  "doc",
  "docs",
  "events",
  "examples",
  "infra",
  "k8s",
  "memory",
  "openapi",
  "schemas",
  "scripts",
  "shared",
  "specs",
  "templates",
  "tools",
]);

/** The folder of the service that a file stands in, or undefined when it belongs to none or to the repository as a whole. */
function serviceFolderOf(file: string, roots: readonly string[]): string | undefined {
  if (roots.length > 0) return roots.filter((root) => file.startsWith(`${root}/`)).sort(byLength)[0];
  const parts = file.split("/").slice(0, -1);
  for (let index = 0; index < parts.length - 1; index++) {
    const next = parts[index + 1] ?? "";
    if (containers.has(parts[index] ?? "") && !containers.has(next) && !isPart(next))
      return parts.slice(0, index + 2).join("/");
    if (index === 0 && !containers.has(parts[0] ?? "")) break;
  }
  const [first] = parts;
  if (first === undefined || first.startsWith(".") || shared.has(first)) return undefined;
  // Beside `frontend/` there is a service that is called so; a contract that stands in it at once is its own.
  const isOne = first === "backend" && parts.length === 1;
  return containers.has(first) && !isOne ? undefined : first;
}

/** `src/main/resources` and the like: a part of a service, not a service. */
function isPart(folder: string): boolean {
  return (
    shared.has(folder) || ["main", "test", "lib", "resources", "routes", "domain", "models"].includes(folder)
  );
}

/** Documents that stand in folders of any kind: a `deploy/` with a compose file is no service. */
const tellsNothing: ReadonlySet<ParsedDocument["kind"]> = new Set([
  "constitution",
  "unreadable",
  "deployment",
  "manifest",
  "code-owners",
  "catalog-info",
  "code",
  "expectation",
]);

const byLength = (a: string, b: string) => b.length - a.length || compareText(a, b);

/** Where services are looked for. */
export interface DiscoverOptions {
  /** Folders that the configuration names, when it does. */
  readonly roots: readonly string[];
  /** The name of a repository that is one service. */
  readonly rootName: string;
  readonly repositories: Repositories;
  /** Code that answers requests or receives messages is a service too, though nothing was written about it. */
  readonly code: boolean;
}

/**
 * Finds the services of a repository: every folder that holds a contract or a specification of its own. Without any such folder a repository
 * with specs or contracts is one service.
 */
export function discoverServices(
  documents: readonly ParsedDocument[],
  { roots, rootName, repositories, code }: DiscoverOptions,
): ServiceFolder[] {
  const files = documents.filter(
    (document) => !tellsNothing.has(document.kind) || (code && (serves(document) || isManifest(document))),
  );
  const byRepository = groupBy(files, ({ file }) => repositories.of(file));
  const dirs = [...byRepository].flatMap(([repository, own]) => foldersIn(own, repository, roots));
  if (dirs.length === 1 && dirs[0] === ".") return [{ name: rootName, dir: "." }];
  return named(dirs.sort(compareText));
}

/** The services of one repository, as folders from the root of the workspace. */
function foldersIn(
  documents: readonly ParsedDocument[],
  repository: string,
  roots: readonly string[],
): string[] {
  const globbed = repository === "." ? roots : [];
  const files = documents.map((document) => ({
    kind: document.kind,
    file: repository === "." ? document.file : document.file.slice(repository.length + 1),
  }));
  const told = files.filter(({ kind }) => !tellsNothing.has(kind));
  const known = new Set([...globbed, ...told.flatMap(({ file }) => serviceFolderOf(file, globbed) ?? [])]);
  const inCode = known.size > 0 || told.length === 0 ? foldersOfCode(files, known, globbed) : [];
  const found = new Set([...known, ...inCode]);
  const dirs = found.size > 0 ? [...found] : sharedSubfolders(files);
  if (dirs.length === 0) return files.some(({ kind }) => kind !== "manifest") ? [repository] : [];
  return repository === "." ? dirs : dirs.map((dir) => `${repository}/${dir}`);
}

function serves(document: ParsedDocument): boolean {
  if (document.kind !== "code" || document.isTest) return false;
  return document.routes.length > 0 || document.topics.some(({ role }) => role === "receives");
}

function isManifest({ kind }: ParsedDocument): boolean {
  return kind === "manifest";
}

/** Folders of services that only code tells of: beside the known ones; without any, those that are built alone or are called services. */
function foldersOfCode(
  files: readonly Pick<ParsedDocument, "kind" | "file">[],
  known: ReadonlySet<string>,
  globbed: readonly string[],
): string[] {
  const code = files.filter(({ kind }) => kind === "code");
  const dirs = new Set(code.flatMap(({ file }) => serviceFolderOf(file, globbed) ?? []));
  const parents = new Set([...known].map(parentOf));
  const built = new Set(files.filter(({ kind }) => kind === "manifest").map(({ file }) => parentOf(file)));
  return [...dirs].filter((dir) =>
    known.size > 0 ? parents.has(parentOf(dir)) : built.has(dir) || ofServices.test(parentOf(dir)),
  );
}

const ofServices = /(?:^|\/)(?:services|microservices|apps|domains)$/;

function parentOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}

function named(dirs: readonly string[]): ServiceFolder[] {
  const byEnding = groupBy(dirs.flatMap(endingsOf), (ending) => ending);
  return dirs.map((dir) => ({
    name: endingsOf(dir).find((ending) => byEnding.get(ending)?.length === 1) ?? dir,
    dir,
  }));
}

/** Where nothing but a shared folder holds contracts, its folders are one service each: `contracts/orders/openapi.yaml`. */
function sharedSubfolders(documents: readonly Pick<ParsedDocument, "kind" | "file">[]): string[] {
  const contracts = documents.filter(({ kind }) => isContractKind(kind));
  const dirs = contracts.flatMap(({ file }) => {
    const parts = file.split("/").slice(0, -1);
    const index = parts.findIndex((part) => !shared.has(part));
    const name = parts[index];
    return index < 1 || name === undefined || isPart(name) || /^v\d+$/.test(name)
      ? []
      : [parts.slice(0, index + 1).join("/")];
  });
  const unique = [...new Set(dirs)];
  return unique.length > 1 ? unique : [];
}

/** The last part of the path, the last two, …: a service is named by the first that it shares with no other. */
function endingsOf(dir: string): string[] {
  const parts = dir.split("/");
  return parts.map((_, index) => parts.slice(-index - 1).join("/"));
}
