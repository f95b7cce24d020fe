import type { Catalog, CatalogService } from "../catalog/catalog.ts";
import { type Dependency, dependenciesOf } from "../catalog/dependencies.ts";
import { inReadingOrder } from "../catalog/reading-order.ts";
import { groupBy } from "../model/group-by.ts";
import { paint, type TextStyle, wrap } from "./text-style.ts";

const MOST_SERVICES = 20;
const MOST_WORDS = 8;
const MOST_NAMES = 8;
const MOST_CIRCLES = 3;

/**
 * The fleet in a few lines a service, for a person at a terminal or an agent at the start of its work: about 70 tokens a service, 20 services at
 * most. `state` says how it stands with the file: `✅ docs/SERVICE-CATALOG.md written`.
 */
export function renderCatalogDigest(catalog: Catalog, state: string, style: TextStyle): string {
  const colors = paint(style);
  const services = inReadingOrder(catalog);
  const needs = groupBy(dependenciesOf(catalog.edges), ({ dependent }) => dependent);
  const shown = services.slice(0, MOST_SERVICES);
  const blocks = shown.flatMap((service) => serviceLines(service, needs.get(service.name) ?? [], style));
  const rest = services.length - shown.length;
  const paragraphs = [
    `${state}: ${totals(catalog)}`,
    blocks.join("\n"),
    rest > 0 ? `and ${rest} more: docs/SERVICE-CATALOG.md or --json` : "",
    warnings(catalog)
      .map((warning) => wrap(warning, 0, style))
      .join("\n"),
    `${colors.dim("Next:")} ${colors.cyan(nextCommand(catalog))}`,
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== "").join("\n\n")}\n`;
}

function totals({ services, events }: Catalog): string {
  const endpoints = services.reduce((sum, { offer }) => sum + offer.count, 0);
  return [
    count(services.length, "service"),
    count(endpoints, "endpoint"),
    count(events.length, "event"),
  ].join(", ");
}

function serviceLines(service: CatalogService, needs: readonly Dependency[], style: TextStyle): string[] {
  const { name, type, offer, publishes } = service;
  const offered =
    offer.count > 0 ? `, ${count(offer.count, "endpoint")}: ${listed(offer.words, MOST_WORDS)}` : "";
  const events = [...new Set(publishes.map(({ event }) => event))];
  const lines = [
    `${type}${offered}`,
    ...(events.length > 0 ? [`sends ${listed(events, MOST_NAMES)}`] : []),
    ...(needs.length > 0 ? [`↑ ${listed(needs.map(needText), MOST_NAMES)}`] : []),
  ];
  return [paint(style).bold(name), ...lines.map((line) => wrap(line, 2, style))];
}

function needText({ provider, calls, namesOperations, events }: Dependency): string {
  const used = [
    ...(calls.length > 0 ? [namesOperations ? calls.join(", ") : "calls"] : []),
    ...(events.length > 0 ? [count(events.length, "event")] : []),
  ];
  return `${provider} (${used.join(", ")})`;
}

function warnings({ services, cycles }: Catalog): string[] {
  const planned = services.filter(({ implemented }) => !implemented).map(({ name }) => name);
  const circles = cycles.slice(0, MOST_CIRCLES).map((names) => {
    const round = names.length > MOST_NAMES ? listed(names, MOST_NAMES) : [...names, names[0]].join(" → ");
    return `⚠️  Circular calls: ${round}`;
  });
  if (planned.length === 0) return circles;
  // Where nothing is implemented, a list of all names would be noise.
  const who = planned.length === services.length ? "all services" : listed(planned, MOST_NAMES);
  return [`⚠️  Not yet implemented: ${who}`, ...circles];
}

function nextCommand({ services }: Catalog): string {
  return services.some(({ implemented }) => implemented) ? "speckit validate-contracts" : "speckit validate";
}

/** `a, b, and 3 more`. */
function listed(items: readonly string[], most: number): string {
  const rest = items.length - most;
  return [...items.slice(0, most), ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
}

/** `1 endpoint`, `2 endpoints`. */
function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
