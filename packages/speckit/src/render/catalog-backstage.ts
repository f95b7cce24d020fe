import { dump } from "js-yaml";
import type { Catalog, CatalogService } from "../catalog/catalog.ts";

/** A contract of a service as Backstage shows it. */
export interface ApiDefinition {
  readonly service: string;
  readonly type: "openapi" | "asyncapi";
  /** The contract itself. */
  readonly definition: string;
}

/**
 * The catalog as entities of Backstage, one YAML document each: a Component for each service, an API for each contract.
 * Source: https://backstage.io/docs/features/software-catalog/descriptor-format
 */
export function renderCatalogBackstage(catalog: Catalog, definitions: readonly ApiDefinition[]): string {
  const apis = nameApis(definitions);
  const entities = [
    ...catalog.services.map((service) => component(service, catalog, apis)),
    ...apis.map(({ name, service, type, definition }) => {
      const owned = catalog.services.find((candidate) => candidate.name === service);
      return {
        apiVersion: "backstage.io/v1alpha1",
        kind: "API",
        metadata: { name },
        spec: { type, lifecycle: lifecycle(owned), owner: ownerOf(owned), definition },
      };
    }),
  ];
  return entities.map((entity) => dump(entity, { lineWidth: 100, noRefs: true })).join("---\n");
}

type NamedApi = ApiDefinition & { readonly name: string };

/** `user-service-api`, and `user-service-api-2` for a second contract. */
function nameApis(definitions: readonly ApiDefinition[]): NamedApi[] {
  const counts = new Map<string, number>();
  return definitions.map((definition) => {
    const name = entityName(`${definition.service}-${definition.type === "openapi" ? "api" : "events"}`);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { ...definition, name: count === 1 ? name : `${name}-${count}` };
  });
}

function component(service: CatalogService, { edges, services }: Catalog, apis: readonly NamedApi[]) {
  const own = edges.filter(({ from }) => from === service.name);
  const known = new Set(services.map(({ name }) => name));
  const consumed = own.flatMap(({ to, kind }) =>
    apis
      .filter((api) => api.service === to && (api.type === "asyncapi") === (kind === "event"))
      .map(({ name }) => name),
  );
  const dependsOn = service.dependsOn
    .filter((name) => known.has(name))
    .map((name) => `component:${entityName(name)}`);
  return {
    apiVersion: "backstage.io/v1alpha1",
    kind: "Component",
    metadata: { name: entityName(service.name), tags: [tagOf(service.type)] },
    spec: {
      type: "service",
      lifecycle: lifecycle(service),
      owner: ownerOf(service),
      ...listOf(
        "providesApis",
        apis.filter((api) => api.service === service.name).map(({ name }) => name),
      ),
      ...listOf("consumesApis", [...new Set(consumed)]),
      ...listOf("dependsOn", dependsOn),
    },
  };
}

function listOf(key: string, names: readonly string[]): Record<string, readonly string[]> {
  return names.length > 0 ? { [key]: names } : {};
}

function lifecycle(service: CatalogService | undefined): string {
  return service?.implemented ? "production" : "experimental";
}

/** `@shop/identity` of CODEOWNERS is the group `identity` of the namespace `shop`. */
function ownerOf(service: CatalogService | undefined): string {
  const owner = service?.owner?.replace(/^@/, "");
  if (owner === undefined || owner === "") return "unknown";
  const [space, name] = owner.split("/");
  if (name === undefined) return entityName(owner);
  return `group:${(space ?? "").toLowerCase().replace(/[^a-z\d-]+/g, "-")}/${entityName(name)}`;
}

function tagOf(type: string): string {
  return type.toLowerCase().replace(/[^a-z\d]+/g, "-");
}

/** Letters, digits and single separators, 63 at most: what Backstage takes as a name. */
function entityName(name: string): string {
  return (
    name
      .replace(/[^A-Za-z\d]+/g, "-")
      .slice(0, 60)
      .replace(/^-|-$/g, "") || "unnamed"
  );
}
