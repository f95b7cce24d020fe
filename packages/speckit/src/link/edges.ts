import type { ClientCall } from "../model/code.ts";
import type { ApiContract, Operation } from "../model/contract.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import { writtenPathShape } from "../model/path-shape.ts";
import { type FindService, type Spellings, serviceFinder } from "../model/service-names.ts";
import type { DependencyRow, OperationMention } from "../model/spec.ts";
import type { Channel, Edge, Service } from "../model/workspace.ts";
import { withoutClarifications } from "../parse/markdown/clarifications.ts";
import { serviceCalled } from "./code/call-targets.ts";
import { type Forwarding, forwardingsOf } from "./gateways.ts";

/** Who depends on whom: rows of dependency tables, and events from producer to consumer. Sorted by from, to, kind, label. */
export function linkEdges(
  services: readonly Service[],
  names: Spellings,
  channels: readonly Channel[],
): Edge[] {
  const find = serviceFinder(services, names);
  const eventPairs = new Set(channels.flatMap(pairsOf));
  const calls = services.flatMap((service) =>
    callsOf(
      service,
      find,
      names,
      eventPairs,
      groupBy(forwardingsOf(service, services), ({ to }) => to),
    ),
  );
  const events = channels.flatMap((channel) => eventEdges(channel));
  return [...calls, ...events].sort(
    (a, b) =>
      compareText(a.from, b.from) ||
      compareText(a.to, b.to) ||
      compareText(a.kind, b.kind) ||
      compareText(a.label, b.label),
  );
}

function callsOf(
  service: Service,
  find: FindService,
  names: Spellings,
  eventPairs: ReadonlySet<string>,
  forwarded: ReadonlyMap<string, readonly Forwarding[]>,
): Edge[] {
  const rows = service.features
    .flatMap(({ spec }) => spec?.upstream ?? [])
    .map((row) => ({ row, to: find(row.service)?.name ?? row.service }))
    .filter(({ row, to }) => to !== service.name && !isEventRow(row, to, service.name, eventPairs));
  const declared = groupBy(rows, ({ to }) => to);
  const seen = callsSeen(service, names);
  return [...new Set([...declared.keys(), ...seen.keys(), ...forwarded.keys()])].map((to) => {
    const upstream = find(to);
    const group = (declared.get(to) ?? []).map(({ row }) => row);
    const inCode = seen.get(to) ?? [];
    const passedOn = forwarded.get(to) ?? [];
    const named = group.map((row) => operationsNamed(row, upstream));
    const operations = [
      ...named.flat(),
      ...inCode.flatMap((call) => operationCalled(call, upstream)),
      ...passedOn.map(({ offered: { method, path, at }, behind }) => ({
        mention: { method, path, operationId: undefined, at },
        operation: behind,
      })),
    ];
    return {
      from: service.name,
      to,
      kind: "calls",
      label: labelOf(
        operations.map(({ mention, operation }) => operation?.path ?? mention.path ?? ""),
        group,
      ),
      mayUseAny: operations.length === 0 || named.some((own) => own.length === 0),
      evidence: [
        ...group.map(({ at }) => ({ source: "spec" as const, at })),
        ...inCode.map(({ at }) => ({ source: "code" as const, at })),
        ...passedOn.map(({ offered: { at } }) => ({ source: "contract" as const, at })),
      ],
      operations,
    };
  });
}

/** What a row names over there. A code span that is no method and path counts only when it is an operationId. */
function operationsNamed(row: DependencyRow, upstream: Service | undefined): Edge["operations"][number][] {
  return row.operations
    .map((mention) => ({ mention, operation: upstream && findOperation(upstream, mention) }))
    .filter(({ mention, operation }) => operation !== undefined || mention.path !== undefined);
}

/** Calls in the code of a service, by the service that they go to. */
function callsSeen({ name, code }: Service, names: Spellings): Map<string, ClientCall[]> {
  const seen = new Map<string, ClientCall[]>();
  for (const call of code.calls) {
    const to = serviceCalled(call, names);
    if (to !== undefined && to !== name) seen.set(to, [...(seen.get(to) ?? []), call]);
  }
  return seen;
}

/** The operation that a call in code reaches. What comes before its path may stand in a variable. */
function operationCalled(
  { method, path, reads, at }: ClientCall,
  upstream: Service | undefined,
): Edge["operations"][number][] {
  if (path === undefined || !upstream) return [];
  const mention = { method, path, operationId: undefined, at };
  const exact = findOperation(upstream, mention);
  if (exact) return [{ mention, operation: exact, reads }];
  const ending = writtenPathShape(path);
  const candidates = upstream.apis
    .flatMap(({ operations }) => operations)
    .filter(
      (operation) =>
        (method === undefined || operation.method === method) &&
        writtenPathShape(operation.path).endsWith(ending),
    );
  const [only] = candidates;
  return only && candidates.length === 1 ? [{ mention, operation: only, reads }] : [];
}

/** A row such as "order-service | Order events" says in prose what the events sections say exactly. */
function isEventRow(row: DependencyRow, to: string, from: string, eventPairs: ReadonlySet<string>): boolean {
  return row.operations.length === 0 && /\bevents?\b/i.test(row.purpose) && eventPairs.has(pair(from, to));
}

function pairsOf({ producers, consumers }: Channel): string[] {
  return consumers.flatMap((consumer) =>
    producers.map((producer) => pair(consumer.service, producer.service)),
  );
}

function pair(consumer: string, producer: string): string {
  return `${consumer} ← ${producer}`;
}

/** A label names no more operations than these. */
const MOST_WORDS = 5;

function labelOf(paths: readonly string[], rows: readonly DependencyRow[]): string {
  const words = paths.map(
    (path) =>
      path
        .split("/")
        .filter((part) => part !== "" && !part.startsWith("{"))
        .at(-1) ?? path,
  );
  const unique = [...new Set(words)];
  const shown = unique.slice(0, MOST_WORDS).join(", ");
  if (unique.length > MOST_WORDS) return `${shown} and ${unique.length - MOST_WORDS} more`;
  // What nobody answered yet is no name of what is used.
  return unique.length > 0 ? shown : withoutClarifications(rows[0]?.purpose ?? "").trim();
}

function eventEdges({ event, producers, consumers }: Channel): Edge[] {
  return consumers.flatMap((consumer) =>
    producers
      .filter(({ service }) => service !== consumer.service)
      .map((producer) => ({
        from: consumer.service,
        to: producer.service,
        kind: "event" as const,
        label: event,
        mayUseAny: false,
        evidence: [...consumer.evidence, ...producer.evidence],
        operations: [],
      })),
  );
}

/**
 * The operation that a mention means: by operationId, or by method and path. Names of parameters do not matter, and the path may be written with
 * or without what the contract's servers put before it.
 */
function findOperation(service: Service, mention: OperationMention): Operation | undefined {
  if (mention.operationId !== undefined) {
    const { operationId } = mention;
    return firstOperation(service, (operation) => operation.operationId === operationId);
  }
  const shape = writtenPathShape(mention.path ?? "");
  const means = (operation: Operation, path: string) =>
    (mention.method === undefined || operation.method === mention.method) && writtenPathShape(path) === shape;
  return (
    firstOperation(service, (operation) => means(operation, operation.path)) ??
    firstOperation(service, (operation, { basePaths }) =>
      basePaths.some((base) => base !== "" && means(operation, base + operation.path)),
    )
  );
}

function firstOperation(
  { apis }: Service,
  isIt: (operation: Operation, api: ApiContract) => boolean,
): Operation | undefined {
  for (const api of apis) {
    const found = api.operations.find((operation) => isIt(operation, api));
    if (found) return found;
  }
  return undefined;
}
