import type { Catalog } from "../catalog/catalog.ts";
import { type Dependency, dependenciesOf } from "../catalog/dependencies.ts";
import { compareText } from "../model/location.ts";

/** A Mermaid flowchart, and how much of the graph is in it. */
export interface MermaidGraph {
  readonly text: string;
  /** Services shown and services there are, unknown providers included. */
  readonly shown: number;
  readonly total: number;
}

/** More than this nobody can tell apart in a picture. */
const MOST_SERVICES = 60;
/** Mermaid refuses more than 500 edges unless a page is configured otherwise. Source: its option `maxEdges`. */
const MOST_DEPENDENCIES = 450;

/**
 * Draws the dependency graph for Mermaid: providers on top, a solid arrow to each service that calls them and a dashed one to each that only
 * receives events. Of a large fleet the services with the most neighbours are shown.
 */
export function renderCatalogMermaid(catalog: Catalog): MermaidGraph {
  const all = dependenciesOf(catalog.edges);
  const neighbours = new Map(catalog.services.map(({ name }) => [name, 0]));
  for (const { dependent, provider } of all)
    for (const name of [dependent, provider]) neighbours.set(name, (neighbours.get(name) ?? 0) + 1);
  const ranked = [...neighbours].sort(([a, m], [b, n]) => n - m || compareText(a, b)).map(([name]) => name);
  const { names, dependencies } = mostConnected(ranked, all);
  const idOf = new Map([...names].sort(compareText).map((name, index) => [name, `s${index + 1}`]));
  const planned = new Set(catalog.services.filter(({ implemented }) => !implemented).map(({ name }) => name));
  const known = new Set(catalog.services.map(({ name }) => name));
  const boxes = [...idOf].map(([name, id]) => {
    const mark = !known.has(name) ? ":::missing" : planned.has(name) ? ":::planned" : "";
    return `  ${id}["${quotable(name)}"]${mark}`;
  });
  const lines = dependencies.map(
    (dependency) =>
      `  ${idOf.get(dependency.provider)} ${arrow(dependency)} ${idOf.get(dependency.dependent)}`,
  );
  const classes = [
    ...(boxes.some((box) => box.endsWith(":::planned")) ? ["  classDef planned stroke-dasharray: 5 5"] : []),
    ...(boxes.some((box) => box.endsWith(":::missing")) ? ["  classDef missing stroke:#c00,color:#c00"] : []),
  ];
  const text = ["flowchart TD", ...boxes, ...lines, ...classes].join("\n");
  return { text, shown: names.size, total: neighbours.size };
}

/** As many of the first names as Mermaid can show with all dependencies among them. */
function mostConnected(ranked: readonly string[], all: readonly Dependency[]) {
  for (let count = Math.min(ranked.length, MOST_SERVICES); ; count--) {
    const names = new Set(ranked.slice(0, count));
    const dependencies = all.filter(({ dependent, provider }) => names.has(dependent) && names.has(provider));
    if (dependencies.length <= MOST_DEPENDENCIES) return { names, dependencies };
  }
}

function arrow({ calls, events }: Dependency): string {
  const labels = [...calls.filter((call) => call !== ""), ...(events.length > 0 ? ["events"] : [])];
  const line = calls.length > 0 ? "-->" : "-.->";
  return labels.length > 0 ? `${line}|"${quotable(labels.join(", "))}"|` : line;
}

/** Mermaid writes characters of its own syntax, and of HTML, as entities. */
function quotable(text: string): string {
  const line = text.replace(/\s+/g, " ").replace(/\p{C}/gu, "");
  return line.replace(/["#<>&`|\\]/g, (character) => `#${character.codePointAt(0)};`);
}
