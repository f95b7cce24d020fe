import type { Catalog, CatalogService } from "../catalog/catalog.ts";
import { compareLocations, compareText, type Locate } from "../model/location.ts";

/** The JSON of `speckit service-catalog`; its shape is a promise (schemaVersion changes with it). What is unknown is null. */
export function renderCatalogJson(catalog: Catalog, locate: Locate): string {
  const document = {
    schemaVersion: 1,
    services: catalog.services.map(serviceJson),
    ...graphJson(catalog, locate),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** The same document without its services. */
export function renderGraphJson(catalog: Catalog, locate: Locate): string {
  return `${JSON.stringify({ schemaVersion: 1, ...graphJson(catalog, locate) }, null, 2)}\n`;
}

function serviceJson(service: CatalogService) {
  const { name, type, dir, owner, implemented, endpoints, publishes, consumes } = service;
  return {
    name,
    type,
    dir,
    owner: owner ?? null,
    implemented,
    endpoints: endpoints.map(({ method, path, operationId, summary }) => ({
      method,
      path,
      operationId: operationId ?? null,
      summary: summary ?? null,
    })),
    publishes: publishes.map(({ event, version }) => ({ event, version: version ?? null })),
    consumes: consumes.map(({ event, from }) => ({ event, from: from ?? null })),
    dependsOn: service.dependsOn,
    dependents: service.dependents,
    data: dataNames(service),
  };
}

/** Entities, then the databases they live in. */
function dataNames({ data }: CatalogService): string[] {
  const names = [...data.map(({ entity }) => entity), ...data.map(({ store }) => store)];
  return [...new Set(names.filter((name) => name !== undefined))];
}

function graphJson({ edges, cycles }: Catalog, locate: Locate) {
  // All at once, since each file is looked through once for all of its places.
  const locations = locate(edges.flatMap(({ evidence }) => evidence.map(({ at }) => at)));
  let next = 0;
  return {
    edges: edges.map(({ from, to, kind, label, evidence }) => ({
      from,
      to,
      kind,
      label,
      evidence: evidence
        .map(({ source, at }) => ({ source, at: locations[next++] ?? { file: at.file, line: 1, column: 1 } }))
        .sort((a, b) => compareLocations(a.at, b.at) || compareText(a.source, b.source))
        .map(({ source, at: { file, line } }) => ({ file, line, source })),
    })),
    cycles,
  };
}
