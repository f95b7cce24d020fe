import { changeRules } from "../changes/rules/index.ts";
import { checks } from "../checks/index.ts";
import type { Feature, Service } from "../model/workspace.ts";
import { findRoot, type Standpoint } from "../node/find-root.ts";
import type { FleetTree } from "../node/fleet-tree.ts";
import { type ReadWorkspace, readWorkspace } from "../node/read-workspace.ts";
import { verifyRuleIds } from "../verify/rule-ids.ts";
import { closestName } from "./closest-name.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import { optionText } from "./options.ts";

/** What a command looks at: everything, one service, or one feature folder. */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "service"; readonly service: Service }
  | { readonly kind: "feature"; readonly dir: string; readonly service: Service | undefined };

/** A workspace as the command line asks for it. */
export interface OpenWorkspace {
  readonly read: ReadWorkspace;
  readonly standpoint: Standpoint;
  readonly scope: Scope;
}

/** Every id that the configuration may name under `rules`. */
export const ruleIds: ReadonlySet<string> = new Set([
  ...[...checks, ...changeRules].map(({ id }) => id),
  ...verifyRuleIds,
]);

/**
 * Reads the workspace that the options mean and says which part of it is looked at. `tree` is what was seen of it already.
 * @throws UsageError when there is nothing to read, or no such service
 */
export function openWorkspace(options: Options, io: Io, tree?: FleetTree): OpenWorkspace {
  const standpoint = findRoot(io.cwd, optionText(options, "cwd"));
  const began = io.now();
  const read = readWorkspace(standpoint.root, {
    cache: options.cache !== false,
    now: began,
    ruleIds,
    tree,
  });
  if (options.stats === true) io.writeError(statsText(read, io.now() - began));
  if (read.stats.files === 0 && read.nested.length === 0)
    throw new UsageError(
      `${standpoint.root} is empty: there is nothing to read. Pass another folder with --cwd.`,
    );
  return { read, standpoint, scope: scopeOf(options, read, standpoint) };
}

function statsText({ stats: { files, documents, read } }: ReadWorkspace, ms: number): string {
  return `${files} files in the tree, ${documents} documents, ${read} files read anew, ${ms} ms\n`;
}

function scopeOf(options: Options, { workspace }: ReadWorkspace, { inside }: Standpoint): Scope {
  const name = optionText(options, "service");
  if (name !== undefined) return { kind: "service", service: serviceNamed(name, workspace.services) };
  if (options.all === true || inside === "") return { kind: "all" };
  const service = workspace.services.find(
    ({ dir }) => dir !== "." && (inside === dir || inside.startsWith(`${dir}/`)),
  );
  // A repository that is one service has its features at the root.
  const owner = service ?? workspace.services.find(({ dir }) => dir === ".");
  const isHere = ({ dir }: Feature) => inside === dir || inside.startsWith(`${dir}/`);
  const own = owner?.features.find(isHere);
  const feature = own ?? workspace.features.find(isHere);
  if (feature) return { kind: "feature", dir: feature.dir, service: own ? owner : service };
  return service ? { kind: "service", service } : { kind: "all" };
}

function serviceNamed(name: string, services: readonly Service[]): Service {
  const service = services.find(
    (candidate) => candidate.name === name || candidate.dir === name.replace(/\/$/, ""),
  );
  if (service) return service;
  const names = services.map((candidate) => candidate.name);
  const nearest = closestName(name, names);
  const hint = nearest
    ? ` Did you mean '${nearest}'?`
    : names.length > 0
      ? ` There are: ${names.slice(0, 10).join(", ")}.`
      : " No service was found.";
  throw new UsageError(`There is no service '${name}'.${hint}`);
}

/** Whether a finding at `file` belongs to what is looked at. */
export function isInScope(scope: Scope, file: string, service: string | undefined): boolean {
  if (scope.kind === "all") return true;
  if (scope.kind === "feature") return file.startsWith(`${scope.dir}/`);
  return service === scope.service.name;
}
