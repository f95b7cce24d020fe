import { namesOf } from "../impact/subject.ts";
import type { Operation } from "../model/contract.ts";
import type { Place } from "../model/location.ts";
import { nameOf } from "../model/operation-purpose.ts";
import { matchRoutes } from "../model/route-matching.ts";
import type { Feature, Service, Workspace } from "../model/workspace.ts";

export type TouchedKind = "operation" | "event" | "scenario" | "requirement" | "task" | "test";

/** Something that specs and contracts promise, and that the error may break. */
export interface Touched {
  readonly kind: TouchedKind;
  readonly service: string | undefined;
  readonly name: string;
  readonly at: Place;
  /** What leads there: "the error names it", "T004 makes src/domain/order.ts". */
  readonly via: string;
}

/** What leads from an error to promises. */
export interface Traces {
  /** Files of the workspace where it arises. */
  readonly files: readonly string[];
  readonly operations: readonly {
    readonly service: Service;
    readonly operation: Operation;
    readonly via: string;
  }[];
  /** Events by name. */
  readonly events: readonly { readonly event: string; readonly via: string }[];
}

/** Follows files through tasks and routes, and operations and events through specs, to what was promised. Each thing once, by its first trace. */
export function touchedBy(workspace: Workspace, traces: Traces): Touched[] {
  const found: Touched[] = [];
  const add = (touched: Touched) => {
    if (
      !found.some(
        ({ kind, service, name }) =>
          kind === touched.kind && service === touched.service && name === touched.name,
      )
    )
      found.push(touched);
  };
  const operations = [...traces.operations];
  const events = [...traces.events];
  for (const file of traces.files) {
    const service = serviceOf(workspace, file);
    if (!service) continue;
    for (const operation of operationsAnsweredIn(service, file))
      operations.push({ service, operation, via: `answered in ${shorten(service, file)}` });
    for (const { topic, at } of service.code.topics)
      if (at.file === file && workspace.channels.some(({ event }) => event === topic))
        events.push({ event: topic, via: `used in ${shorten(service, file)}` });
    for (const feature of service.features)
      followTasks(workspace, service, feature, file, { add, operations, events });
  }
  for (const { service, operation, via } of operations) {
    add({ kind: "operation", service: service.name, name: nameOf(operation), at: operation.at, via });
    for (const feature of service.features)
      mentioned(service, feature, namesOf(operation), `speaks of ${nameOf(operation)}`, add);
  }
  for (const { event, via } of events) {
    const channel = workspace.channels.find((one) => one.event === event);
    const type = channel?.types[0];
    const at = type?.type.at ?? channel?.producers[0]?.evidence[0]?.at;
    if (at) add({ kind: "event", service: channel?.producers[0]?.service, name: event, at, via });
    for (const service of workspace.services)
      if (channel?.producers.some((end) => end.service === service.name))
        for (const feature of service.features)
          mentioned(service, feature, [event], `speaks of ${event}`, add);
  }
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

const order: readonly TouchedKind[] = ["operation", "event", "scenario", "requirement", "task", "test"];

interface Following {
  readonly add: (touched: Touched) => void;
  readonly operations: { service: Service; operation: Operation; via: string }[];
  readonly events: { event: string; via: string }[];
}

/** A task names the files that it makes and what it covers: the straightest way from code to promises. */
function followTasks(
  { channels }: Workspace,
  service: Service,
  { spec, tasks }: Feature,
  file: string,
  { add, operations, events }: Following,
): void {
  for (const task of tasks?.tasks ?? []) {
    if (!task.files.some((path) => file === path || file === `${service.dir}/${path}`)) continue;
    const via = `${task.id} made ${shorten(service, file)}`;
    add({
      kind: "task",
      service: service.name,
      name: `${task.id} ${task.title}`,
      at: task.at,
      via: `names ${shorten(service, file)}`,
    });
    const covers = [...task.covers, ...task.stories];
    for (const story of spec?.stories ?? [])
      if (covers.some((one) => one === story.id || one === story.title || one.startsWith(`${story.id}:`)))
        add({
          kind: "scenario",
          service: service.name,
          name: `${story.id}: ${story.title}`,
          at: story.at,
          via,
        });
    for (const { id, text, at } of spec?.requirements ?? [])
      if (covers.includes(id))
        add({ kind: "requirement", service: service.name, name: `${id} ${text}`, at, via });
    for (const operation of service.apis.flatMap((api) => api.operations))
      if (namesOf(operation).some((name) => covers.includes(name)))
        operations.push({ service, operation, via });
    for (const { event } of channels) if (covers.includes(event)) events.push({ event, via });
  }
}

function mentioned(
  service: Service,
  { spec }: Feature,
  names: readonly string[],
  via: string,
  add: Following["add"],
): void {
  const speaks = (text: string) => names.some((name) => hasWord(text, name));
  for (const story of spec?.stories ?? [])
    if (story.scenarios.some(({ whole }) => speaks(whole)))
      add({
        kind: "scenario",
        service: service.name,
        name: `${story.id}: ${story.title}`,
        at: story.at,
        via,
      });
  for (const { id, text, at } of spec?.requirements ?? [])
    if (speaks(text)) add({ kind: "requirement", service: service.name, name: `${id} ${text}`, at, via });
}

/** Whether a text has a name that is no part of a longer one: `/orders` is not in `/orders/{id}`. */
export function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const [before = " ", after = " "] = [text[at - 1], text[at + name.length]];
    const beyond = text.slice(at + name.length, at + name.length + 2);
    if (!/[\w/-]/.test(before) && !/[\w/{-]/.test(after) && !/^\.\w/.test(beyond)) return true;
  }
  return false;
}

/** The innermost service that has the file. */
export function serviceOf({ services }: Workspace, file: string): Service | undefined {
  return services
    .filter(({ dir }) => dir === "." || file.startsWith(`${dir}/`))
    .sort((a, b) => b.dir.length - a.dir.length)[0];
}

function operationsAnsweredIn(service: Service, file: string): Operation[] {
  const { routes } = matchRoutes(service);
  return routes.filter(({ route }) => route.at.file === file).flatMap(({ operations }) => operations);
}

function shorten({ dir }: Service, file: string): string {
  return dir === "." ? file : file.slice(dir.length + 1);
}
