import type { Place } from "./location.ts";
import { writtenPathShape } from "./path-shape.ts";
import type { Edge, Evidence, Workspace } from "./workspace.ts";

/** A service that uses something, and what shows it. */
export interface Consumer {
  readonly service: string;
  readonly evidence: readonly Evidence[];
  /** Whether it names or calls what was asked for; otherwise it declares no operation, so that it may use any. */
  readonly named: boolean;
  /** Where its code reads the field that was asked for. */
  readonly reads: readonly Place[];
}

/** Services that use one of the operations, or events, of a service; the labels are those of changes: `POST /api/v1/orders`, `event order.created`. */
export type ConsumerFinder = (
  service: string,
  operations: readonly string[],
  field?: string,
) => readonly Consumer[];

/** Who uses an operation or an event. A consumer that names no operation may use any, so it is concerned by every change. */
export function consumerFinder({ edges, channels }: Workspace): ConsumerFinder {
  const callers = new Map<string, Edge[]>();
  for (const edge of edges) {
    if (edge.kind === "calls") callers.set(edge.to, [...(callers.get(edge.to) ?? []), edge]);
  }
  const byEvent = new Map(channels.map((channel) => [channel.event, channel]));
  return (service, operations, field) => {
    const events = operations
      .filter((label) => label.startsWith("event "))
      .map((label) => label.slice("event ".length));
    if (events.length > 0) {
      const ends = events.flatMap((event) => {
        const channel = byEvent.get(event);
        return channel ? [...channel.consumers, ...channel.listed] : [];
      });
      return unique(
        ends.filter((end) => end.service !== service).map((end) => ({ ...end, named: true, reads: [] })),
      );
    }
    const shapes = new Set(operations.map(writtenPathShape));
    const affected = (callers.get(service) ?? []).filter(
      (edge) => edge.mayUseAny || namesOneOf(edge, shapes),
    );
    return unique(
      affected.map((edge) => ({
        service: edge.from,
        evidence: evidenceOf(edge, shapes),
        named: namesOneOf(edge, shapes),
        reads: field === undefined ? [] : readsIn(edge, shapes, field),
      })),
    );
  };
}

/** Where the operations that changed are named or called; where none is, what declares that any may be. */
function evidenceOf(edge: Edge, shapes: ReadonlySet<string>): readonly Evidence[] {
  const named = edge.operations.filter((use) => {
    const name = nameOfUse(use);
    return shapes.has(name) || isPathOf(name, shapes);
  });
  if (named.length === 0) {
    const declared = edge.evidence.filter(({ source }) => source !== "code");
    return declared.length > 0 ? declared : edge.evidence;
  }
  const inCode = new Set(edge.evidence.filter(({ source }) => source === "code").map(({ at }) => at));
  return named.map(({ mention: { at } }) => ({ source: inCode.has(at) ? "code" : "spec", at }));
}

/** Where the answers of these operations are read at the field, or below it. */
function readsIn({ operations }: Edge, shapes: ReadonlySet<string>, field: string): Place[] {
  return operations
    .filter((use) => shapes.has(nameOfUse(use)))
    .flatMap(({ reads = [] }) => reads.filter(({ path }) => path === field || path.startsWith(`${field}.`)))
    .map(({ at }) => at);
}

function namesOneOf({ operations }: Edge, shapes: ReadonlySet<string>): boolean {
  return operations.map(nameOfUse).some((name) => shapes.has(name) || isPathOf(name, shapes));
}

function nameOfUse({ mention, operation }: Edge["operations"][number]): string {
  return writtenPathShape(
    operation ? `${operation.method} ${operation.path}` : `${mention.method ?? ""} ${mention.path ?? ""}`,
  );
}

/** A dependency may name a path without a method. */
function isPathOf(name: string, shapes: ReadonlySet<string>): boolean {
  return name.startsWith(" ") && [...shapes].some((shape) => shape.endsWith(name));
}

function unique(consumers: readonly Consumer[]): Consumer[] {
  const first = new Map<string, Consumer>();
  for (const consumer of consumers) if (!first.has(consumer.service)) first.set(consumer.service, consumer);
  return [...first.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}
