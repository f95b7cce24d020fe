import type { Feature, Service, Workspace } from "../model/workspace.ts";
import { contractsOf } from "../model/workspace.ts";

/** The documents that a command gives an agent to read, as whole files. */
export interface CommandDocuments {
  readonly command: string;
  readonly service: string;
  readonly files: readonly string[];
}

/**
 * What `specify`, `clarify`, `plan`, `tasks`, `implement` and `document` load for a service: what it is made from, and quick references of the services
 * it talks with. Of several features the newest counts.
 */
export function documentsOfCommands(service: Service, workspace: Workspace): CommandDocuments[] {
  const feature = service.features.at(-1);
  const { spec, plan, tasks } = filesOf(feature);
  const contracts = contractsOf(service).map(({ file }) => file);
  const constitution = workspace.constitution ? [workspace.constitution.file] : [];
  const related = relatedQuickRefs(service, workspace);
  const loads: Readonly<Record<string, readonly string[]>> = {
    specify: [...constitution, ...related],
    clarify: spec,
    plan: [...constitution, ...spec, ...contracts, ...related],
    tasks: [...spec, ...plan, ...contracts],
    implement: [...tasks, ...plan, ...spec, ...contracts],
    document: [...spec, ...plan, ...contracts],
  };
  return Object.entries(loads).map(([command, files]) => ({
    command,
    service: service.name,
    files: [...new Set(files)],
  }));
}

function filesOf(feature: Feature | undefined): Record<"spec" | "plan" | "tasks", string[]> {
  const file = (document: { readonly file: string } | undefined) => (document ? [document.file] : []);
  return { spec: file(feature?.spec), plan: file(feature?.plan), tasks: file(feature?.tasks) };
}

/** Quick references of the services that it calls or hears from, and of those that call or hear it. */
function relatedQuickRefs({ name }: Service, { edges, services }: Workspace): string[] {
  const related = new Set(
    edges.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : [])),
  );
  return services
    .filter((other) => related.has(other.name))
    .flatMap(({ features }) => features.flatMap(({ summaries }) => summaries))
    .filter((file) => file.endsWith("quick-ref.md"));
}
