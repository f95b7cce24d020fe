import stringWidth from "fast-string-width";
import type { Catalog } from "../catalog/catalog.ts";
import { type Dependency, dependenciesOf } from "../catalog/dependencies.ts";
import { layerServices } from "../catalog/layers.ts";
import { compareText } from "../model/location.ts";
import { drawLayers } from "./catalog-graph/draw.ts";
import { measureSlots } from "./catalog-graph/measure.ts";
import { netsOf } from "./catalog-graph/nets.ts";
import { orderSlots } from "./catalog-graph/order.ts";
import { type Placed, placePins } from "./catalog-graph/pins.ts";
import { placeSlots } from "./catalog-graph/place.ts";
import { addWires } from "./catalog-graph/slots.ts";
import { wrap } from "./text-style.ts";

export interface GraphLimits {
  readonly columns: number;
  readonly services: number;
}

/** What a page of documentation shows without scrolling. */
const pageLimits: GraphLimits = { columns: 100, services: 8 };

/**
 * The dependency graph as boxes and lines: providers on top, an arrow to each service that depends on them, what is used beside the line.
 * Services without any dependency stand below, and in words what no line can show. Undefined when it does not fit.
 */
export function renderCatalogGraph(catalog: Catalog, limits: GraphLimits = pageLimits): string | undefined {
  const dependencies = dependenciesOf(catalog.edges);
  const known = new Set(catalog.services.map(({ name }) => name));
  const joined = new Set(dependencies.flatMap(({ dependent, provider }) => [dependent, provider]));
  const alone = [...known].filter((name) => !joined.has(name));
  if (joined.size + alone.length > limits.services) return undefined;
  const { layers, followed, circular } = layerServices([...joined].sort(compareText), dependencies);
  const pictures = [
    layers.length > 0 ? [drawGraph(layers, followed, limits)] : [],
    boxRows(alone, limits),
  ].flat();
  const notes = [
    ...circular.map((dependency) => circleNote(dependency)),
    ...[...joined].filter((name) => !known.has(name)).map((name) => `${name} is not in this repository.`),
  ].map((note) => wrap(note, 0, { color: false, ...limits }));
  const parts = [...pictures, notes.join("\n")].filter((part) => part !== "");
  const isWhole = pictures.every((picture) => picture !== undefined);
  return isWhole && widthOf(parts.join("\n")) <= limits.columns ? parts.join("\n\n") : undefined;
}

/** What every terminal shows: to keep within it is worth more than purposes written out. */
const COMFORTABLE = 80;

/** The picture with the longest labels that fit. Undefined when even the shortest do not. */
function drawGraph(
  layers: readonly (readonly string[])[],
  dependencies: readonly Dependency[],
  { columns }: GraphLimits,
): string | undefined {
  const drawWithin = (labelOf: (dependency: Dependency) => string, limit: number) => {
    const picture = draw(layers, dependencies, labelOf);
    return picture !== undefined && widthOf(picture) <= limit ? picture : undefined;
  };
  return (
    drawWithin(exactLabel, Math.min(columns, COMFORTABLE)) ??
    drawWithin(shortLabel, columns) ??
    drawWithin(kindLabel, columns)
  );
}

function draw(
  layers: readonly (readonly string[])[],
  dependencies: readonly Dependency[],
  labelOf: (dependency: Dependency) => string,
): string | undefined {
  const nets = netsOf(dependencies, labelOf);
  const measured = measureSlots(orderSlots(addWires(layers, nets), nets), nets);
  const placed = placePins(measured, placeSlots(measured));
  return placed && drawLayers(placed);
}

const LABEL_COLUMNS = 24;

/** `(validate)`, `(events)`, `(validate, events)`. */
function exactLabel({ calls, events }: Dependency): string {
  const used = calls.map((call) => plain(call) || "calls").join(", ");
  const short = stringWidth(used) > LABEL_COLUMNS ? `${used.slice(0, LABEL_COLUMNS - 1)}…` : used;
  return label(short, events);
}

/** Without purposes in prose, which are long and stand in the spec. */
function shortLabel(dependency: Dependency): string {
  return dependency.namesOperations ? exactLabel(dependency) : kindLabel(dependency);
}

function kindLabel({ calls, events }: Dependency): string {
  return label(calls.length > 0 ? "calls" : "", events);
}

function label(calls: string, events: readonly string[]): string {
  return `(${[calls, events.length > 0 ? "events" : ""].filter((part) => part !== "").join(", ")})`;
}

/** One line without control characters, which would break the picture. */
function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\p{C}/gu, "").trim();
}

function circleNote(dependency: Dependency): string {
  const { dependent, provider } = dependency;
  return `Not drawn, since it closes a circle: ${dependent} depends on ${provider} ${exactLabel(dependency)}.`;
}

/** Boxes side by side, in as many rows as they need. */
function boxRows(names: readonly string[], { columns }: GraphLimits): string[] {
  const rows: Placed[][] = [];
  for (const name of names) {
    const width = stringWidth(name) + 4;
    const last = rows.at(-1)?.at(-1);
    const left = last ? last.left + last.width + 2 : 0;
    const slot = { kind: "box" as const, name };
    if (left > 0 && left + width <= columns) rows.at(-1)?.push({ slot, left, width, tops: [], bottoms: [] });
    else rows.push([{ slot, left: 0, width, tops: [], bottoms: [] }]);
  }
  return rows.map((row) => drawLayers([row]));
}

function widthOf(picture: string): number {
  return Math.max(...picture.split("\n").map((line) => stringWidth(line)));
}
