import type { DraftKind } from "../authoring/author.ts";
import { checkWorkspace } from "../check-workspace.ts";
import type { Area } from "../checks/check.ts";
import { checks } from "../checks/index.ts";
import { groupFeatures } from "../link/features.ts";
import type { Finding } from "../model/finding.ts";
import type { ParsedDocument } from "../model/parsed-document.ts";
import type { Feature, Workspace } from "../model/workspace.ts";
import { parseAs } from "../parse/formats.ts";
import { createLocate } from "../parse/locate.ts";

const areas: ReadonlySet<Area> = new Set<Area>([
  "sections",
  "placeholders",
  "content",
  "scenarios",
  "traceability",
  "tasks",
  "constitution",
  "reading",
]);
const documentChecks = checks.filter(({ area }) => areas.has(area));

/** What the checks of documents say of a text, as if it stood in the feature beside the other documents there. */
export function judgeDraft(
  {
    workspace,
    feature,
    file,
    kind,
  }: { workspace: Workspace; feature: Feature; file: string; kind: DraftKind },
  text: string,
): Finding[] {
  const bytes = new TextEncoder().encode(text).length;
  const own = parseAs(kind, { file, text, bytes });
  const beside = [feature.spec, feature.plan, feature.tasks].filter(
    (document) => document !== undefined && document.kind !== kind,
  ) as ParsedDocument[];
  const { locate } = createLocate(
    (name) => (name === file ? text : undefined),
    () => undefined,
  );
  const alone: Workspace = {
    ...workspace,
    services: [],
    constitution: own.kind === "constitution" ? own : workspace.constitution,
    features: groupFeatures([...beside, own]),
    sharedContracts: [],
    expectations: [],
    channels: [],
    edges: [],
    problems: "problems" in own ? own.problems : [],
    files: undefined,
  };
  return checkWorkspace(alone, documentChecks, locate).filter(({ location }) => location.file === file);
}
