import type { Story } from "../../model/spec.ts";
import { messageContractsOf, type Workspace } from "../../model/workspace.ts";
import { offeredBy } from "../offline/offered.ts";
import { bestFit } from "../offline/stories.ts";
import { domainOf } from "../offline/words.ts";
import { apiSkeleton } from "./api-skeleton.ts";
import { eventSkeletons } from "./event-skeletons.ts";
import { requestStories } from "./requests.ts";

export interface ContractSkeleton {
  /** Relative to the workspace root. */
  readonly file: string;
  readonly kind: "api" | "events";
  readonly text: string;
}

/**
 * Contracts of what the specifications of a service say and no contract describes: its operations, when it has no API contract at all, and each event that
 * it publishes.
 */
export function contractSkeletons(
  { name, dir }: { readonly name: string; readonly dir: string },
  { services, constitution, files = [] }: Workspace,
): ContractSkeleton[] {
  const own = services.find((service) => service.name === name);
  const specs = own?.features.flatMap(({ spec }) => spec ?? []) ?? [];
  const folder = dir === "." ? "contracts" : `${dir}/contracts`;
  const api = own && own.apis.length > 0 ? undefined : apiSkeleton({ service: name, specs, constitution });
  const described = new Set(
    own?.eventContracts.flatMap(({ events }) => events.map(({ event }) => event)) ?? [],
  );
  const isOtherFormat = own !== undefined && messageContractsOf(own).length > own.eventContracts.length;
  const sections = specs.flatMap(({ publishes }) => publishes);
  const missing = [...new Map(sections.map((section) => [section.event, section])).values()].filter(
    ({ event }) => !described.has(event),
  );
  const events = missing.length > 0 && !isOtherFormat ? eventSkeletons(missing) : undefined;
  return [
    ...(api === undefined ? [] : [{ file: `${folder}/api-spec.yaml`, kind: "api" as const, text: api }]),
    ...(events === undefined
      ? []
      : [
          {
            file: freeFile(`${folder}/events/${domainOf(name)}-events`, files),
            kind: "events" as const,
            text: events,
          },
        ]),
  ];
}

/** Beside a contract that stands another one is begun. */
function freeFile(stem: string, files: readonly string[]): string {
  for (let count = 1; ; count++) {
    const file = `${stem}${count === 1 ? "" : `-${count}`}.json`;
    if (!files.includes(file)) return file;
  }
}

/** Stories that begin with a request, of a service that has an API, and that none of its operations seems to do. */
export function unservedStories(
  { name }: { readonly name: string },
  { services }: Pick<Workspace, "services">,
): Story[] {
  const own = services.find((service) => service.name === name);
  if (!own || own.apis.length === 0) return [];
  const stories = own.features.flatMap(({ spec }) => (spec ? requestStories(spec) : []));
  const asked = stories.map((story) => ({ kind: "part" as const, name: story.title, story }));
  const operations = offeredBy(own);
  const served = new Set(operations.map((operation) => bestFit(asked, operation)?.story));
  return stories.filter((story) => {
    const text = story.scenarios.map(({ whole }) => whole).join(" ");
    const isNamed = operations.some(
      ({ path, operationId }) =>
        text.includes(path) || (operationId !== undefined && text.includes(operationId)),
    );
    return !isNamed && !served.has(story);
  });
}
