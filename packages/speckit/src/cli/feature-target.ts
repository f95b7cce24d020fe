import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import type { Feature, Service } from "../model/workspace.ts";
import { closestName } from "./closest-name.ts";
import { type Options, UsageError } from "./command.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { optionText } from "./options.ts";

/** Where a document belongs. */
export interface Target {
  readonly service: { readonly name: string; readonly dir: string };
  readonly feature: Feature;
}

/** The service that a new specification is for: it may have nothing but a folder, or not even that. */
export interface ServiceFolder {
  readonly name: string;
  readonly dir: string;
  /** The feature in whose folder one stands. */
  readonly slug: string | undefined;
}

const serviceName = /^[a-z0-9][a-z0-9._-]*$/i;
const serviceParents = /^(?:services|apps|packages|backend|microservices)$/;

/** @throws UsageError when nothing says which service is meant */
export function serviceFolder(
  { read, standpoint: { inside } }: OpenWorkspace,
  options: Options,
  suggestion: string,
): ServiceFolder {
  const { services, files = [] } = read.workspace;
  const asked = optionText(options, "service")?.replace(/\/$/, "");
  if (asked !== undefined) return serviceAsked(asked, services);
  const [, before = "", slug] = /^(.*?)\/?specs\/([^/]+)(?:\/|$)/.exec(inside) ?? [];
  if (slug !== undefined) return { ...named(before === "" ? "." : before, services, read.root), slug };
  const own = services.find(({ dir }) => dir !== "." && (inside === dir || inside.startsWith(`${dir}/`)));
  if (own) return { name: own.name, dir: own.dir, slug: undefined };
  const dir = inside.split("/").slice(0, 2).join("/");
  if (
    dir.includes("/") &&
    (serviceParents.test(dirname(dir)) || services.some((one) => dirname(one.dir) === dirname(dir)))
  )
    return { ...named(dir, services, read.root), slug: undefined };
  const folders = foldersIn(join(read.root, "services"));
  const isFleet =
    services.some((one) => one.dir !== ".") ||
    files.some((file) => file.startsWith("services/")) ||
    folders.length > 0;
  if (!isFleet) return { ...named(".", services, read.root), slug: undefined };
  throw new UsageError(
    `Which service is it for? Go into its folder, or name it: speckit specify --service=${suggestion} "…".${listed([...new Set([...services.map(({ name }) => name), ...folders])])}`,
  );
}

function serviceAsked(asked: string, services: readonly Service[]): ServiceFolder {
  const known = services.find(({ name, dir }) => name === asked || dir === asked);
  if (known) return { name: known.name, dir: known.dir, slug: undefined };
  const name = basename(asked);
  if (!serviceName.test(name) || (asked !== name && asked !== `services/${name}`))
    throw new UsageError(
      `'${asked}' is no name of a service. Write letters, digits and '-': --service=user-service.`,
    );
  const parent = services.map(({ dir }) => dir).find((dir) => dir.includes("/"));
  return {
    name,
    dir: posix.join(parent === undefined ? "services" : dirname(parent), name),
    slug: undefined,
  };
}

function named(dir: string, services: readonly Service[], root: string): Pick<ServiceFolder, "name" | "dir"> {
  const known = services.find((service) => service.dir === dir);
  return { name: known?.name ?? (dir === "." ? basename(root) : basename(dir)), dir };
}

/** A document that stands there, and of which nothing could be read. */
export function unreadable(file: string): UsageError {
  return new UsageError(
    `${file} cannot be read: speckit validate says why. Mend it, or move it away; nothing was written.`,
  );
}

/** Services may have nothing yet but a folder. */
function foldersIn(dir: string): string[] {
  try {
    const entries = readdirSync(dir, { withFileTypes: true });
    return entries.filter((one) => one.isDirectory() && serviceName.test(one.name)).map(({ name }) => name);
  } catch {
    return [];
  }
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "" : ` There are: ${names.slice(0, 8).join(", ")}.`;
}

/** The document that a command works from, and how one is made. */
const needed = {
  spec: { file: "spec.md", how: 'Write one: speckit specify "WHAT IT SHALL DO".' },
  tasks: { file: "tasks.md", how: "Make one: speckit tasks." },
} as const;

/**
 * The feature whose documents are worked on: the one in which one stands, else the newest of the service that has the document needed.
 * @throws UsageError when there is none, or nothing says whose
 */
export function featureTarget(
  opened: OpenWorkspace,
  command: string,
  document: keyof typeof needed = "spec",
): Target {
  const { read, scope } = opened;
  const { services, features } = read.workspace;
  const folder = folderWithoutDocuments(opened);
  const { root } = read;
  if (folder !== undefined) throw without(document, folder, root);
  if (scope.kind === "feature") {
    const service = scope.service ?? { name: basename(read.root), dir: "." };
    const feature = [...services.flatMap((one) => one.features), ...features].find(
      ({ dir }) => dir === scope.dir,
    );
    if (feature?.[document]) return { service, feature };
    throw without(document, scope.dir, root);
  }
  const newest = (of: readonly Feature[], dir: string): Feature => {
    const feature = of.filter((one) => one[document]).at(-1);
    if (!feature) throw without(document, of.at(-1)?.dir ?? dir, root);
    return feature;
  };
  if (scope.kind === "service")
    return { service: scope.service, feature: newest(scope.service.features, scope.service.dir) };
  const candidates = services.filter((service) => service.features.some((one) => one[document]));
  const [only, another] = candidates;
  if (only && !another) return { service: only, feature: newest(only.features, only.dir) };
  if (!only) return { service: { name: basename(read.root), dir: "." }, feature: newest(features, ".") };
  const names = candidates.map(({ name }) => name);
  throw new UsageError(
    `Which service is it for? Go into its folder, or name it: speckit ${command} --service=${closestName(command, names) ?? only.name}. There are: ${names.slice(0, 8).join(", ")}.`,
  );
}

/** The folder specs/NNN-slug in which one stands, when nothing in it was read: nobody there means the feature beside it. */
function folderWithoutDocuments({ scope, standpoint: { inside } }: OpenWorkspace): string | undefined {
  if (scope.kind === "feature") return undefined;
  const folder = /^(?:.*?\/)?specs\/[^/]+(?=\/|$)/.exec(inside)?.[0];
  // With --service somebody else is meant.
  const own = scope.kind === "service" && scope.service.dir !== "." ? `${scope.service.dir}/` : "";
  return folder?.startsWith(own) ? folder : undefined;
}

function without(document: keyof typeof needed, dir: string, root: string): UsageError {
  const where = dir === "." ? "here" : `in ${dir}`;
  const { file, how } = needed[document];
  if (existsSync(join(root, dir, file))) return unreadable(posix.join(dir, file));
  return new UsageError(`There is no ${file} ${where} yet. ${how}`);
}
