import type { Config } from "../model/config.ts";
import { type Contract, isContractKind } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import type { CodeOwners } from "../model/ownership.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import { spellingsOf } from "../model/service-names.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import { chooseCodeOwners } from "../parse/ownership.ts";
import { linkChannels } from "./channels.ts";
import { linkCode } from "./code.ts";
import { homeOf } from "./contract-homes.ts";
import { separateCopies } from "./copies.ts";
import { linkDatabases } from "./databases.ts";
import { discoverServices, type ServiceFolder } from "./discover.ts";
import { linkEdges } from "./edges.ts";
import { linkExpectations } from "./expectations.ts";
import { groupFeatures } from "./features.ts";
import { ownerFinder } from "./owners.ts";
import { type Repositories, repositoriesAt } from "./repositories.ts";

export interface LinkInput {
  readonly documents: readonly ParsedDocument[];
  /** Paths of all files in the tree, sorted; undefined when documents were read alone, without their tree. */
  readonly files: readonly string[] | undefined;
  readonly config: Config;
  /** Folders named by `services` in the configuration. */
  readonly serviceRoots: readonly string[];
  /** Folders of the other repositories of the fleet. */
  readonly repositories?: readonly string[];
  /** Name of the one service of a repository that has no service folders. */
  readonly rootName: string;
  /** Whether code alone makes a service; see `discoverServices`. */
  readonly codeServices?: boolean | undefined;
}

/** Joins the documents of all services into one view. Pure: no reading, no checking. */
export function link({
  documents,
  files,
  config,
  serviceRoots,
  rootName,
  repositories = [],
  codeServices = false,
}: LinkInput): Workspace {
  const apart = repositoriesAt(repositories);
  const folders = discoverServices(documents, {
    roots: serviceRoots,
    rootName,
    repositories: apart,
    code: codeServices,
  });
  const nearest = nearestFolder(new Set(folders.map(({ dir }) => dir)));
  const homes = assignShared(documents, folders, nearest);
  const ownerOf = (file: string) => homes.get(file) ?? nearest(file);
  const byFolder = groupBy(documents, ({ file }) => ownerOf(file));
  const implemented = implementedFolders(files ?? [], ownerOf);
  const alone = folders
    .map(({ name, dir }) => service(name, dir, byFolder.get(dir) ?? [], implemented.has(dir)))
    .sort((a, b) => compareText(a.name, b.name));
  const deployments = documents.filter((document) => document.kind === "deployment");
  const names = spellingsOf(alone);
  const databases = linkDatabases(alone, names, deployments, ownerOf);
  const ownerOfDir = ownerFinder({
    configured: config.owners,
    codeOwners: codeOwnersOf(documents, apart),
    catalogInfos: documents.filter((document) => document.kind === "catalog-info"),
    repositoryOf: apart.of,
  });
  const services = alone.map((one) => ({
    ...one,
    owner: ownerOfDir(one.dir),
    databases: databases.get(one.name) ?? [],
  }));
  const channels = linkChannels(services, names, config.asyncapi.pointOfView);
  const expectations = linkExpectations(
    documents.filter((document) => document.kind === "expectation"),
    services,
    names,
    ownerOf,
  );
  return {
    config,
    constitution: documents.find((document) => document.kind === "constitution"),
    services,
    names,
    features: groupFeatures(byFolder.get(undefined) ?? []),
    sharedContracts: (byFolder.get(undefined) ?? []).filter((document): document is Contract =>
      isContractKind(document.kind),
    ),
    expectations,
    channels,
    edges: linkEdges(services, names, channels),
    problems: [...documents, ...expectations].flatMap((read) => ("problems" in read ? read.problems : [])),
    files,
  };
}

function codeOwnersOf(documents: readonly ParsedDocument[], { dirs }: Repositories): Map<string, CodeOwners> {
  const all = documents.filter((document) => document.kind === "code-owners");
  const found = [".", ...dirs].map(
    (dir) => [dir, chooseCodeOwners(all, dir === "." ? "" : `${dir}/`)] as const,
  );
  return new Map(found.filter((entry): entry is readonly [string, CodeOwners] => entry[1] !== undefined));
}

/** Contracts in shared folders that are of one service, with the folder of that service. */
function assignShared(
  documents: readonly ParsedDocument[],
  folders: readonly ServiceFolder[],
  nearest: (file: string) => string | undefined,
): Map<string, string> {
  const stubs = folders.map(({ name }) => ({ name, features: [] }));
  const names = spellingsOf(stubs);
  const dirs = new Map(folders.map(({ name, dir }) => [name, dir]));
  const homes = new Map<string, string>();
  for (const document of documents) {
    if (nearest(document.file) !== undefined) continue;
    const dir = dirs.get(homeOf(document, names) ?? "");
    if (dir !== undefined) homes.set(document.file, dir);
  }
  return homes;
}

/** Finds the service folder that a file stands in. Folders are remembered: a fleet has many files in few folders. */
function nearestFolder(dirs: ReadonlySet<string>): (file: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  const ownerOfDir = (dir: string): string | undefined => {
    if (dirs.has(dir)) return dir;
    if (dir === "." || /(?:^|\/)\.\.$/.test(dir)) return undefined;
    if (!known.has(dir)) known.set(dir, ownerOfDir(parentOf(dir)));
    return known.get(dir);
  };
  return (file) => ownerOfDir(parentOf(file));
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "." : path.slice(0, slash);
}

function service(
  name: string,
  dir: string,
  documents: readonly ParsedDocument[],
  implemented: boolean,
): Service {
  return {
    name,
    dir,
    owner: undefined,
    implemented,
    features: groupFeatures(documents),
    ...separateCopies(
      documents.filter((document) => document.kind === "openapi"),
      (file) => dir === "." || file.startsWith(`${dir}/`),
    ),
    eventContracts: documents.filter((document) => document.kind === "events"),
    asyncApis: documents.filter((document) => document.kind === "asyncapi"),
    avros: documents.filter((document) => document.kind === "avro"),
    code: linkCode(documents.filter((document) => document.kind === "code")),
    databases: [],
    manifests: documents.filter((document) => document.kind === "manifest"),
  };
}

const sourceFile =
  /\.(?:[cm]?[jt]sx?|py|go|java|kt|kts|scala|rs|cs|fs|rb|php|swift|ex|exs|clj|cpp|cc|c|dart)$/;

function implementedFolders(
  files: readonly string[],
  ownerOf: (file: string) => string | undefined,
): Set<string> {
  const owners = files.filter((file) => sourceFile.test(file)).map(ownerOf);
  return new Set(owners.filter((owner) => owner !== undefined));
}
