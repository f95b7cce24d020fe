import { compareText } from "../../model/location.ts";
import { type Technology, technologiesIn } from "../../model/technology.ts";
import type { Channel } from "../../model/workspace.ts";
import { withoutClarifications } from "../../parse/markdown/clarifications.ts";
import type { Subject } from "./subject.ts";

/** Another service, and what for. */
export interface Partner {
  readonly service: string;
  readonly purpose: string | undefined;
}

/** How a service hangs together with the others. */
export interface Integration {
  readonly callers: readonly Partner[];
  /** Every other service of the fleet calls this one. */
  readonly calledByAll: boolean;
  readonly called: readonly Partner[];
  /** As the contract lists them. */
  readonly published: readonly Channel[];
  readonly consumed: readonly Channel[];
}

export function integrationOf({ workspace, service }: Subject): Integration {
  const { edges, channels, services } = workspace;
  const calls = edges.filter(({ kind }) => kind === "calls");
  const callers = unique(calls.filter(({ to }) => to === service.name).map(({ from }) => from));
  const called = unique(calls.filter(({ from }) => from === service.name).map(({ to }) => to));
  const isEnd = ({ service: name }: { readonly service: string }) => name === service.name;
  return {
    callers: callers.map((name) => ({ service: name, purpose: purposeOf(name, service.name, workspace) })),
    calledByAll: callers.length > 1 && callers.length === services.length - 1,
    called: called.map((name) => ({ service: name, purpose: purposeOf(service.name, name, workspace) })),
    published: inOrderOf(
      service.eventContracts.flatMap(({ events }) => events.map(({ event }) => event)),
      channels.filter(({ producers }) => producers.some(isEnd)),
    ),
    consumed: channels.filter(({ consumers }) => consumers.some(isEnd)),
  };
}

/** Those that a contract names as it names them, then the others. */
function inOrderOf(events: readonly string[], channels: readonly Channel[]): Channel[] {
  const rank = ({ event }: Channel) => (events.includes(event) ? events.indexOf(event) : events.length);
  return [...channels].sort((a, b) => rank(a) - rank(b) || compareText(a.event, b.event));
}

/** What the caller's spec says it needs the other one for; else the other one's; else what code was seen to call. */
function purposeOf(from: string, to: string, { services, edges }: Subject["workspace"]): string | undefined {
  const specsOf = (name: string) =>
    services
      .filter((one) => one.name === name)
      .flatMap(({ features }) => features.flatMap(({ spec }) => spec ?? []));
  const rows = [
    ...specsOf(from).flatMap(({ upstream }) => upstream.filter(({ service }) => service === to)),
    ...specsOf(to).flatMap(({ downstream }) => downstream.filter(({ service }) => service === from)),
  ];
  const written = rows
    .map(({ purpose }) =>
      withoutClarifications(purpose)
        .replace(/\s*[:(]?\s*`?(?:GET|POST|PUT|PATCH|DELETE)\b.*$|\s*\(.*\)/, "")
        .replace(/[.`]/g, "")
        .trim(),
    )
    .find((purpose) => purpose !== "");
  const label = edges.find((edge) => edge.kind === "calls" && edge.from === from && edge.to === to)?.label;
  return written ?? (label === "" ? undefined : label);
}

/** The database that a service keeps its data in: its name, and what kind it is. */
export interface DatabaseFact {
  readonly name: string | undefined;
  readonly technology: string | undefined;
}

export function databaseOf({ service, workspace, feature }: Subject): DatabaseFact {
  const isDatabase = ({ topic }: Technology) => topic === "database";
  const stores = (feature?.spec?.entities ?? []).flatMap(({ store }) => store ?? []);
  const written = [
    ...stores,
    ...(feature?.plan?.entries ?? [])
      .filter(({ key }) => /storage|database/i.test(key))
      .map(({ value }) => value),
    ...service.databases.map(({ server }) => server ?? ""),
    ...(workspace.constitution?.statements ?? []).map(({ text }) => text),
  ];
  const installed = service.manifests.flatMap(({ technologies }) => technologies).find(isDatabase);
  const named = written.flatMap((text) => technologiesIn(text)).find(isDatabase);
  return { name: service.databases[0]?.name, technology: (installed ?? named)?.name };
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}
