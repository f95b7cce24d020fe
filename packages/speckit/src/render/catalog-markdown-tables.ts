import type { Catalog, CatalogEvent } from "../catalog/catalog.ts";
import { type Dependency, dependenciesOf } from "../catalog/dependencies.ts";
import { inline, table } from "./catalog-markdown-text.ts";

/** Writes the name of a service, as a link where there is something to link to. */
export type ServiceLink = (name: string) => string;

/** Who sends each event and who receives it. */
export function eventFlow({ events, services }: Catalog, link: ServiceLink): string {
  if (events.length === 0) return "No events.";
  const known = new Set(services.map(({ name }) => name));
  const rows = events.map((event) => [
    inline(event.event),
    event.versions.map(inline).join(", ") || "–",
    event.producers.map(link).join(", ") || "⚠️ nobody",
    consumersCell(event, link, known),
  ]);
  return table(["Event", "Version", "Producer", "Consumers"], rows);
}

function consumersCell(
  { consumers, listed }: CatalogEvent,
  link: ServiceLink,
  known: ReadonlySet<string>,
): string {
  const said = listed.map(
    (name) => `${link(name)} (${known.has(name) ? "only its producer says so" : "not yet implemented"})`,
  );
  return [...consumers.map(link), ...said].join(", ") || "nobody";
}

/** Which service owns which data. */
export function dataOwnership({ services }: Catalog, link: ServiceLink): string {
  const rows = services.flatMap(({ name, data }) =>
    data.map(({ entity, store }) => [
      entity === undefined ? "–" : inline(entity),
      link(name),
      store === undefined ? "–" : inline(store),
    ]),
  );
  return rows.length > 0
    ? table(["Data", "Owner", "Database"], rows)
    : "No spec says which data its service owns.";
}

/** Rows depend on columns; columns are the numbers of the services in the order given. */
export function dependencyMatrix(catalog: Catalog, names: readonly string[], link: ServiceLink): string {
  const marks = new Map(
    dependenciesOf(catalog.edges).map((dependency) => [
      JSON.stringify([dependency.dependent, dependency.provider]),
      markOf(dependency),
    ]),
  );
  const rows = names.map((dependent, index) => [
    `${index + 1}. ${link(dependent)}`,
    ...names.map((provider) => marks.get(JSON.stringify([dependent, provider])) ?? ""),
  ]);
  const head = ["depends on", ...names.map((_, index) => String(index + 1))];
  return `${table(head, rows)}\n\nC = calls, E = receives events.`;
}

function markOf({ calls, events }: Dependency): string {
  return [calls.length > 0 ? "C" : "", events.length > 0 ? "E" : ""].filter(Boolean).join(" ");
}
