import type { Report } from "../../model/finding.ts";
import { groupBy } from "../../model/group-by.ts";
import type { Place } from "../../model/location.ts";
import { type FindService, normalise, serviceFinder } from "../../model/service-names.ts";
import { contractsOf, type Service, type Workspace } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { suggester } from "../nearest.ts";
import { specsOf } from "./fleet-view.ts";

export const notYetImplemented: Check = {
  id: "not-yet-implemented",
  area: "consumers",
  severity: "info",
  title: "All declared consumers exist",
  why: "Others already count on the service, so the chain works only once it is there.",
  fix: "Implement the service to complete dependency chain",

  *run(workspace) {
    // Whether there is code cannot be said of documents that were read without their tree.
    if (!workspace.files) return;
    const find = serviceFinder(workspace.services, workspace.names);
    const suggest = suggester(workspace.services.map(({ name }) => name));
    const announced = new Set<string>();
    for (const service of workspace.services) {
      const inContracts = consumersIn(service);
      yield* listed(inContracts, find, suggest);
      for (const { name } of inContracts) announced.add(normalise(name));
    }
    for (const service of workspace.services) {
      const inSpecs = consumersInSpecs(service);
      yield* listed(
        inSpecs.filter(({ name }) => !announced.has(normalise(name)) && !find(name)),
        find,
        suggest,
      );
      for (const { name } of inSpecs) announced.add(normalise(name));
    }
    yield* servicesWithoutCode(workspace);
  },
};

interface Listed {
  readonly name: string;
  readonly at: Place;
}

function consumersIn({ eventContracts }: Service): Listed[] {
  const listed: Listed[] = [];
  for (const { events } of eventContracts) {
    for (const { consumers } of events) {
      for (const { service: name, at } of consumers) listed.push({ name, at });
    }
  }
  return listed;
}

function consumersInSpecs(service: Service): Listed[] {
  return specsOf(service).flatMap(({ publishes }) =>
    publishes.flatMap(({ consumers }) => consumers.map(({ text: name, at }) => ({ name, at }))),
  );
}

/** One finding a consumer, however many events it is listed for. */
function* listed(
  entries: readonly Listed[],
  find: FindService,
  suggest: (name: string) => string | undefined,
): Generator<Report> {
  const missing = entries.filter(({ name }) => !find(name)?.implemented);
  for (const [name, [first, ...others]] of groupBy(
    missing,
    (entry) => find(entry.name)?.name ?? entry.name,
  )) {
    // A phrase such as "all services" is no name.
    if (!first || /\s/.test(name)) continue;
    const twin = find(name) ? undefined : suggest(name);
    yield {
      message: `${name} listed as consumer but not yet implemented`,
      at: first.at,
      fix: twin === undefined ? fixFor(name) : `Correct the name to ${twin}, or implement ${name}`,
      related: others.map(({ at }) => ({ message: "listed here too", at })),
    };
  }
}

function* servicesWithoutCode({ services }: Workspace): Generator<Report> {
  const someAre = services.some(({ implemented }) => implemented);
  for (const service of services) {
    const [spec] = specsOf(service);
    // A repository of nothing but contracts keeps its code elsewhere.
    if (service.implemented || (!spec && !someAre)) continue;
    const contracts = contractsOf(service);
    const file = spec?.file ?? contracts[0]?.file;
    if (file === undefined) continue;
    yield {
      service: service.name,
      message: `${service.name} not yet implemented`,
      at: spec?.serviceName?.at ?? { file, line: 1, column: 1 },
      fix: fixFor(service.name),
    };
  }
}

function fixFor(name: string): string {
  return `Implement ${name} to complete dependency chain`;
}
