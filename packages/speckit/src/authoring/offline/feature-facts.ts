import { offeredOperations } from "../../catalog/catalog.ts";
import type { Operation } from "../../model/contract.ts";
import { isHealth, nameOf } from "../../model/operation-purpose.ts";
import type { Spec, Story } from "../../model/spec.ts";
import type { Service } from "../../model/workspace.ts";
import type { Assignment } from "../author.ts";
import { relativeTo } from "../relative-to.ts";
import { type Component, componentsFor, type Stack, stackFor } from "./components.ts";
import { domainOf, pascal, titleCase } from "./words.ts";

/** What plan and tasks are made from. */
export interface FeatureFacts {
  readonly title: string;
  readonly spec: Spec;
  readonly stories: readonly Story[];
  readonly stack: Stack;
  readonly components: readonly Component[];
  /** Operations that this feature builds. */
  readonly operations: readonly Operation[];
  /** All that the service offers, those of its other features included. */
  readonly offered: readonly Operation[];
  readonly healthPaths: readonly string[];
  /** The files of its API, as seen from its folder: there, or to be written. */
  readonly contracts: readonly string[];
  readonly published: readonly string[];
  readonly consumed: readonly string[];
  /** Services that are called. */
  readonly upstream: readonly { readonly service: string; readonly failureMode: string | undefined }[];
  readonly entity: string;
  readonly store: string;
}

export function featureFacts({ kind, workspace, service: { name }, feature }: Assignment): FeatureFacts {
  const spec = feature.spec;
  if (!spec) throw new Error(`${feature.dir} has no specification to plan from`);
  const own = workspace.services.find((service) => service.name === name);
  const stack = stackFor(workspace, kind === "plan" ? undefined : feature.plan, mayUseKit(own));
  const published = unique(spec.publishes.map(({ event }) => event));
  const consumed = unique(spec.consumes.map(({ event }) => event));
  const operations = operationsOf(own, spec);
  const [entity] = spec.entities;
  const title = titleOf(spec, feature.slug);
  return {
    title,
    spec,
    stories: spec.stories.filter(({ withdrawn }) => !withdrawn),
    stack,
    components: componentsFor(
      stack,
      textOf(spec, operations),
      published.length + consumed.length > 0,
      storesOf(spec, title),
    ),
    operations,
    offered: own ? offeredOperations(own) : [],
    healthPaths: healthPathsOf(own),
    contracts: contractsOf(own),
    published,
    consumed,
    upstream: spec.upstream.map((row) => ({ service: row.service, failureMode: row.failureMode })),
    entity: pascal(entity?.entity ?? title.replace(/ Service$/, "")),
    store:
      entity?.store && !entity.store.includes("[") ? entity.store : `${domainOf(name).replace(/-/g, "_")}_db`,
  };
}

/** A service that stands already is built as it is built. */
function mayUseKit(own: Service | undefined): boolean {
  if (!own?.implemented) return true;
  const used = own.manifests.flatMap(({ technologies }) => technologies);
  return used.some((technology) => technology.package === "@speckit/service-kit");
}

/** Of a service with several features only what this one names; a first feature builds all. */
function operationsOf(own: Service | undefined, spec: Spec): Operation[] {
  const offered = own ? offeredOperations(own) : [];
  if (!own || own.features.length < 2) return offered;
  const texts = [
    ...spec.scenarios.map(({ whole }) => whole),
    ...spec.requirements.map(({ text }) => text),
  ].join("\n");
  return offered.filter(
    (operation) =>
      texts.includes(nameOf(operation)) ||
      texts.includes(operation.path) ||
      (operation.operationId !== undefined && texts.includes(operation.operationId)),
  );
}

function healthPathsOf(own: Service | undefined): string[] {
  const paths =
    own?.apis.flatMap(({ operations }) => operations.map(({ path }) => path)).filter(isHealth) ?? [];
  return paths.length > 0 ? unique(paths) : ["/health"];
}

function contractsOf(own: Service | undefined): string[] {
  if (!own || own.apis.length === 0) return ["contracts/api-spec.yaml"];
  return unique(own.apis.map(({ file }) => relativeTo(own.dir, file)));
}

function titleOf({ title }: Spec, slug: string): string {
  const given = title
    ?.replace(/^(?:feature specification|spec(?:ification)?)\s*:\s*/i, "")
    .replace(/\s+specification$/i, "")
    .trim();
  return given || titleCase(slug.replace(/^\d+-/, ""));
}

/** Everything that the specification says the service does, itself. */
function textOf(spec: Spec, operations: readonly Operation[]): string {
  return [
    spec.title ?? "",
    ...spec.responsible.map(({ text }) => text),
    ...spec.stories.map(({ title }) => title),
    ...spec.scenarios.map(({ whole }) => whole),
    ...spec.requirements.map(({ text }) => text),
    ...spec.upstream.map(({ purpose }) => purpose),
    ...operations.map(({ path, summary }) => `${path} ${summary ?? ""}`),
  ].join("\n");
}

function storesOf(spec: Spec, title: string): string {
  const words = spec.scenarios.map(({ whole }) => whole).join(" ");
  if (/\bpasswords?\b/i.test(words)) return "user credentials";
  const names = spec.entities.map(({ entity }) => entity);
  return names.length > 0 ? names.join(", ") : title;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
