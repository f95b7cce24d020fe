import type { MarkdownDocument } from "../../model/markdown.ts";
import type { Plan } from "../../model/plan.ts";
import type { Spec } from "../../model/spec.ts";
import type { TaskList } from "../../model/task-list.ts";
import type { Feature, Service, Workspace } from "../../model/workspace.ts";

/** A feature with the service whose folder it stands in. */
export interface OwnedFeature {
  readonly feature: Feature;
  readonly service: Service | undefined;
}

/** All features: those of services, and those that belong to none. */
export function featuresOf({ services, features }: Workspace): OwnedFeature[] {
  const owned = services.flatMap((service) => service.features.map((feature) => ({ feature, service })));
  return [...owned, ...features.map((feature) => ({ feature, service: undefined }))];
}

export function specsOf(workspace: Workspace): Spec[] {
  return featuresOf(workspace).flatMap(({ feature }) => feature.spec ?? []);
}

export function plansOf(workspace: Workspace): Plan[] {
  return featuresOf(workspace).flatMap(({ feature }) => feature.plan ?? []);
}

export function taskListsOf(workspace: Workspace): TaskList[] {
  return featuresOf(workspace).flatMap(({ feature }) => feature.tasks ?? []);
}

/** Every document that people write in markdown. */
export function documentsOf(workspace: Workspace): (MarkdownDocument & { readonly kind: string })[] {
  const { constitution } = workspace;
  const documents = [...specsOf(workspace), ...plansOf(workspace), ...taskListsOf(workspace)];
  return constitution ? [...documents, constitution] : documents;
}
