import { featuresOf } from "../checks/documents/documents-of.ts";
import type { Finding } from "../model/finding.ts";
import { compareText } from "../model/location.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import type { FleetTree } from "../node/fleet-tree.ts";
import { type DocumentKind, documentKindOf, documentKinds, type ReadableDocument } from "../parse/formats.ts";
import { type Io, type Options, UsageError } from "./command.ts";
import { isInScope, type OpenWorkspace, openWorkspace, type Scope } from "./open-workspace.ts";

/** What `validate` looks at. */
export interface ChosenDocuments {
  readonly opened: OpenWorkspace;
  /** Checked each by itself: loose documents know nothing of one another. */
  readonly workspaces: readonly Workspace[];
  readonly documents: readonly ReadableDocument[];
  /** Whose documents they may be. */
  readonly services: readonly Service[];
  /** Whether a finding is about what was chosen. */
  readonly isAbout: (finding: Finding) => boolean;
  /** Whether all documents of the workspace are looked at. */
  readonly isWhole: boolean;
}

/** What is generated from the others is no document that is judged, but what is found in it is said. */
const summaryFile = /(?:^|\/)specs\/(?:.+\/)?(?:quick-ref|ai-doc)\.md$/;

/** The documents of the feature or service one stands in, or that the options name; of the kinds that the options name. */
export function documentsInScope(options: Options, io: Io, tree?: FleetTree): ChosenDocuments {
  const opened = openWorkspace(options, io, tree);
  const { read, scope } = opened;
  const kinds = kindsNamed(options);
  const isChosen = (file: string, service: string | undefined): boolean => {
    const kind = documentKindOf(file);
    if (kind === undefined && kinds.length === 0 && summaryFile.test(file))
      return isInScope(scope, file, service);
    if (kind === undefined || (kinds.length > 0 && !kinds.includes(kind))) return false;
    // The constitution is above all services, so whoever asks for it has it, wherever they stand.
    return isInScope(scope, file, service) || (kind === "constitution" && kinds.includes(kind));
  };
  const isWhole = scope.kind === "all" && kinds.length === 0;
  return {
    opened,
    isWhole,
    workspaces: [read.workspace],
    documents: ownedDocuments(read.workspace)
      .filter(({ document, service }) => isChosen(document.file, service?.name))
      .map(({ document }) => document),
    services: scope.kind === "all" ? read.workspace.services : scope.service ? [scope.service] : [],
    isAbout: ({ rule, location, service }) =>
      isChosen(location.file, service) || (isWhole && rule === "unknown-config-key"),
  };
}

/** Every document that was read, with the service it belongs to, sorted by file. */
export function ownedDocuments(workspace: Workspace): {
  readonly document: ReadableDocument;
  readonly service: Service | undefined;
}[] {
  const { constitution } = workspace;
  const owned = featuresOf(workspace).flatMap(({ feature: { spec, plan, tasks }, service }) =>
    [spec, plan, tasks].flatMap((document) => (document ? { document, service } : [])),
  );
  const own = constitution ? [{ document: constitution, service: undefined }] : [];
  return [...own, ...owned].sort((a, b) => compareText(a.document.file, b.document.file));
}

/** The kinds that `--spec`, `--plan`, `--tasks` and `--constitution` choose; none means all. */
export function kindsNamed(options: Options): DocumentKind[] {
  return documentKinds.filter((kind) => options[kind] === true);
}

/**
 * Whoever asks for a kind of document expects one.
 * @throws UsageError when there is none in the scope, not even one that cannot be read
 */
export function demandEach(
  kinds: readonly DocumentKind[],
  { documents, opened }: ChosenDocuments,
  findings: readonly Finding[],
): void {
  const present = new Set([
    ...documents.map(({ kind }) => kind),
    ...findings.map(({ location }) => documentKindOf(location.file)),
  ]);
  const missing = kinds.find((kind) => !present.has(kind));
  if (missing === undefined) return;
  const where = missing === "constitution" ? "in this workspace" : placeOf(opened.scope);
  throw new UsageError(`There is no ${missing}.md ${where}. Write it, or leave out --${missing}.`);
}

function placeOf(scope: Scope): string {
  if (scope.kind === "feature") return `in ${scope.dir}`;
  if (scope.kind === "service") return `in ${scope.service.dir === "." ? "" : `${scope.service.dir}/`}specs`;
  return "in any folder specs/NNN-slug of this workspace";
}
