import type { Catalog } from "../catalog/catalog.ts";
import type { Service } from "../model/workspace.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import { asyncApiFromEvents } from "../parse/asyncapi/events-exchange.ts";
import { type ApiDefinition, renderCatalogBackstage } from "../render/catalog-backstage.ts";

/** The events of the fleet, or of one service, as an AsyncAPI 3 document in JSON. */
export function asyncApiText(read: ReadWorkspace, only?: Service): string {
  const { workspace } = read;
  const services = only ? [only] : workspace.services;
  const contracts = [
    ...services.flatMap(({ name, eventContracts }) =>
      eventContracts.map(({ file }) => ({ file, service: name })),
    ),
    ...(only
      ? []
      : workspace.sharedContracts
          .filter(({ kind }) => kind === "events")
          .map(({ file }) => ({ file, service: undefined }))),
  ];
  const sources = contracts.map(({ file, service }) => ({ file, service, value: read.valueOf(file) }));
  const channels = workspace.channels.filter(
    ({ producers }) => !only || producers.some(({ service }) => service === only.name),
  );
  const ends = channels.map(({ event, producers, consumers, listed }) => ({
    event,
    producers: producers.map(({ service }) => service).filter((name) => !only || name === only.name),
    consumers: only ? [] : [...new Set([...consumers, ...listed].map(({ service }) => service))].sort(),
  }));
  const title = only ? `Events of ${only.name}` : "Events";
  return `${JSON.stringify(asyncApiFromEvents(title, sources, ends), null, 2)}\n`;
}

export function backstageText(catalog: Catalog, read: ReadWorkspace): string {
  const definitions = read.workspace.services.flatMap((service): ApiDefinition[] => {
    const { name, apis, asyncApis, eventContracts } = service;
    const written =
      (type: ApiDefinition["type"]) =>
      ({ file }: { readonly file: string }) => ({
        service: name,
        type,
        definition: read.textOf(file) ?? "",
      });
    return [
      ...apis.map(written("openapi")),
      ...asyncApis.map(written("asyncapi")),
      ...(eventContracts.length > 0
        ? [{ service: name, type: "asyncapi" as const, definition: asyncApiText(read, service) }]
        : []),
    ];
  });
  return renderCatalogBackstage(catalog, definitions);
}
