import { consumerFinder } from "../model/consumers.ts";
import type { Place } from "../model/location.ts";
import { nameOf } from "../model/operation-purpose.ts";
import { writtenPathShape } from "../model/path-shape.ts";
import { matchRoutes } from "../model/route-matching.ts";
import { namesScenario } from "../model/scenario-tests.ts";
import type { Feature, Service, Source, Workspace } from "../model/workspace.ts";
import { findSubject, namesOf, type Subject } from "./subject.ts";

export type ImpactKind =
  | "operation"
  | "event"
  | "route"
  | "requirement"
  | "scenario"
  | "task"
  | "file"
  | "test";

/** One thing on the way from a scenario to its test. */
export interface ImpactItem {
  readonly kind: ImpactKind;
  readonly service: string | undefined;
  readonly name: string;
  readonly at: Place;
}

/** A service that a change reaches. */
export interface AffectedService {
  readonly service: string;
  readonly owner: string | undefined;
  /** What it names or calls of what changes. */
  readonly uses: readonly string[];
  /** What else it may use, since it declares the dependency without an operation. */
  readonly mayUse: readonly string[];
  readonly evidence: readonly { readonly source: Source; readonly at: Place }[];
}

export interface Impact {
  readonly subject: Subject;
  readonly affected: readonly AffectedService[];
  /** Services that depend on an affected one, and so on. */
  readonly indirect: readonly string[];
  readonly items: readonly ImpactItem[];
}

/**
 * Walks from what a text names to everything that hangs on it: who uses it, which scenarios and requirements speak of it, which tasks and files
 * make it, which tests hold it. Undefined when the text means nothing in this workspace. `path` is the text as a path from the root.
 */
export function impactOf(workspace: Workspace, query: string, path: string): Impact | undefined {
  const subject = findSubject(workspace, query, path);
  if (!subject) return undefined;
  const affected = affectedBy(workspace, subject);
  return {
    subject,
    affected,
    indirect: indirectlyAffected(workspace, subject, affected),
    items: itemsOf(workspace, subject),
  };
}

interface Reached {
  readonly uses: Set<string>;
  readonly mayUse: Set<string>;
  readonly evidence: AffectedService["evidence"][number][];
}

function affectedBy(workspace: Workspace, subject: Subject): AffectedService[] {
  const found = new Map<string, Reached>();
  const add = (service: string, use: string, named: boolean, evidence: AffectedService["evidence"]) => {
    const known = found.get(service) ?? { uses: new Set(), mayUse: new Set(), evidence: [] };
    known[named ? "uses" : "mayUse"].add(use);
    known.evidence.push(...evidence.filter((one) => !known.evidence.some((other) => other.at === one.at)));
    found.set(service, known);
  };
  const consumersOf = consumerFinder(workspace);
  for (const { service, operation } of subject.operations)
    for (const consumer of consumersOf(service.name, [nameOf(operation)]))
      add(consumer.service, nameOf(operation), consumer.named, consumer.evidence);
  for (const { event, consumers, listed } of subject.channels)
    for (const end of [...consumers, ...listed]) add(end.service, `event ${event}`, true, end.evidence);
  const owners = new Map(workspace.services.map(({ name, owner }) => [name, owner]));
  return [...found]
    .map(([service, { uses, mayUse, evidence }]) => ({
      service,
      owner: owners.get(service),
      uses: [...uses],
      mayUse: [...mayUse],
      evidence,
    }))
    .sort((a, b) => (a.service < b.service ? -1 : 1));
}

function indirectlyAffected(
  { edges }: Workspace,
  subject: Subject,
  affected: readonly AffectedService[],
): string[] {
  const own = new Set(subject.operations.map(({ service }) => service.name));
  const direct = new Set(affected.map(({ service }) => service));
  const reached = new Set(direct);
  const waiting = [...direct];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const { from, to } of edges) {
      if (to !== name || reached.has(from)) continue;
      reached.add(from);
      waiting.push(from);
    }
  }
  return [...reached].filter((name) => !direct.has(name) && !own.has(name)).sort();
}

function itemsOf(workspace: Workspace, subject: Subject): ImpactItem[] {
  const items: ImpactItem[] = [];
  for (const { service, operation } of subject.operations)
    items.push({ kind: "operation", service: service.name, name: nameOf(operation), at: operation.at });
  for (const { event, types, producers } of subject.channels) {
    const at = types[0]?.type.at ?? producers[0]?.evidence[0]?.at;
    if (at) items.push({ kind: "event", service: producers[0]?.service, name: event, at });
  }
  items.push(...routesOf(subject));
  for (const { service, file } of subject.files)
    items.push({ kind: "file", service: service?.name, name: file, at: { file, line: 1, column: 1 } });
  const named = new Set(subject.features.map(({ feature }) => feature));
  const words = [
    ...subject.operations.flatMap(({ operation }) => namesOf(operation)),
    ...subject.channels.map(({ event }) => event),
  ];
  const mentions = mentionFinder(words);
  for (const service of workspace.services)
    for (const feature of service.features)
      items.push(...itemsOfFeature(service, feature, named.has(feature) ? () => true : mentions));
  return unique(items);
}

function routesOf({ operations }: Subject): ImpactItem[] {
  const named = new Set(operations.map(({ operation }) => operation));
  return [...new Set(operations.map(({ service }) => service))].flatMap((service) =>
    matchRoutes(service)
      .routes.filter((one) => one.operations.some((operation) => named.has(operation)))
      .map(({ route: { method, path, at } }) => ({
        kind: "route",
        service: service.name,
        name: `${method} ${path}`,
        at,
      })),
  );
}

/** Whether a text speaks of one of the names; `/orders` is not in `/orders/{id}`. */
function mentionFinder(names: readonly string[]): (text: string) => boolean {
  const shapes = names.map((name) => writtenPathShape(name)).filter((name) => name.length > 2);
  return (text) => {
    const shaped = writtenPathShape(text.replace(/[?#][^\s`]*/g, ""));
    return shapes.some((shape) => {
      for (let at = shaped.indexOf(shape); at !== -1; at = shaped.indexOf(shape, at + 1)) {
        const [before = " ", after = " "] = [shaped[at - 1], shaped[at + shape.length]];
        if (!/[\w/.-]/.test(before) && !/[\w/{-]/.test(after)) return true;
      }
      return false;
    });
  };
}

function itemsOfFeature(
  service: Service,
  { spec, tasks }: Feature,
  mentions: (text: string) => boolean,
): ImpactItem[] {
  const items: ImpactItem[] = [];
  const add = (kind: ImpactKind, name: string, at: Place) =>
    items.push({ kind, service: service.name, name, at });
  const stories = new Set<string>();
  for (const { id, text, at, mentions: ids } of spec?.requirements ?? []) {
    if (!mentions(text)) continue;
    add("requirement", `${id} ${text}`, at);
    for (const story of ids) stories.add(story);
  }
  for (const story of spec?.stories ?? []) {
    for (const scenario of story.scenarios) {
      if (!mentions(scenario.whole) && !mentions(story.title) && !stories.has(story.id)) continue;
      stories.add(story.id);
      add("scenario", scenario.whole, scenario.at);
      for (const { name, at } of service.code.tests)
        if (namesScenario(name, story, scenario)) add("test", name, at);
    }
  }
  for (const task of tasks?.tasks ?? []) {
    const isAbout =
      task.covers.some(mentions) || mentions(task.title) || task.stories.some((story) => stories.has(story));
    if (!isAbout) continue;
    add("task", `${task.id} ${task.title}`, task.at);
    for (const file of task.files) add("file", file, task.at);
  }
  return items;
}

function unique(items: readonly ImpactItem[]): ImpactItem[] {
  return [
    ...new Map(
      items.map((item) => [JSON.stringify([item.kind, item.service, item.name, item.at]), item]),
    ).values(),
  ];
}
