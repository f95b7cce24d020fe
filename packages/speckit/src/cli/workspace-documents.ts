import { compareText } from "../model/location.ts";
import { contractsOf, type Feature, type Service, type Workspace } from "../model/workspace.ts";
import { countFiles } from "../node/token-counts.ts";
import type { Io, Options } from "./command.ts";
import { openWorkspace } from "./open-workspace.ts";

/** A document that an agent may want to read whole. */
export interface WorkspaceDocument {
  /** Relative to the workspace root with `/`. */
  readonly file: string;
  readonly kind: "constitution" | "spec" | "plan" | "tasks" | "summary" | "contract";
  /** Undefined for what belongs to the whole workspace. */
  readonly service: string | undefined;
  /** As o200k_base splits it. */
  readonly tokens: number;
}

export interface DocumentList {
  readonly root: string;
  readonly documents: readonly WorkspaceDocument[];
}

/**
 * The specs, plans, task lists, summaries and contracts of a workspace and its constitution, sorted by file; what is binary or cannot be read is left out.
 * @throws UsageError when there is nothing to read
 */
export async function workspaceDocuments(options: Options, io: Io): Promise<DocumentList> {
  const { read } = openWorkspace({ ...options, all: true }, io);
  const { root, workspace } = read;
  const { cache } = workspace.config;
  const found = new Map(documentsIn(workspace).map((document) => [document.file, document]));
  const tokens = await countFiles(root, [...found.keys()], {
    cache: options.cache !== false && cache.enabled,
    retentionDays: cache.retention_days,
    now: io.now(),
  });
  read.save();
  const documents = [...found.values()]
    .flatMap((document) => ({ ...document, tokens: tokens.get(document.file) ?? 0 }))
    .filter(({ file }) => tokens.has(file))
    .sort((a, b) => compareText(a.file, b.file));
  return { root, documents };
}

type Named = Omit<WorkspaceDocument, "tokens">;

function documentsIn({ constitution, services, features, sharedContracts }: Workspace): Named[] {
  const ofServices = services.flatMap((service) => [
    ...service.features.flatMap((feature) => documentsOf(feature, service)),
    ...contractsOf(service).map(({ file }) => ({ file, kind: "contract" as const, service: service.name })),
  ]);
  return [
    ...sharedContracts.map(({ file }) => ({ file, kind: "contract" as const, service: undefined })),
    ...features.flatMap((feature) => documentsOf(feature, undefined)),
    ...ofServices,
    ...(constitution ? [{ file: constitution.file, kind: "constitution" as const, service: undefined }] : []),
  ];
}

function documentsOf({ spec, plan, tasks, summaries }: Feature, service: Service | undefined): Named[] {
  const named = { spec: spec?.file, plan: plan?.file, tasks: tasks?.file };
  return [
    ...(["spec", "plan", "tasks"] as const).flatMap((kind) => {
      const file = named[kind];
      return file === undefined ? [] : { file, kind, service: service?.name };
    }),
    ...summaries.map((file) => ({ file, kind: "summary" as const, service: service?.name })),
  ];
}
