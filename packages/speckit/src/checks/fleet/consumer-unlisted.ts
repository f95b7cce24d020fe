import type { Report } from "../../model/finding.ts";
import type { Place } from "../../model/location.ts";
import { type FindService, serviceFinder } from "../../model/service-names.ts";
import type { EventSection } from "../../model/spec.ts";
import type { Channel, Service } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import { hasServiceSpec } from "./fleet-view.ts";

/** What one document of a publisher says about the consumers of an event. */
interface List {
  readonly of: "contract" | "spec";
  readonly names: ReadonlySet<string>;
  readonly at: Place;
}

export const consumerUnlisted: Check = {
  id: "consumer-unlisted",
  area: "consumers",
  severity: "warning",
  title: "Every consumer of an event is on the publisher's list",
  why: "Whoever changes the event asks the services on the list, and the one that is not there breaks.",
  fix: "Add the consumer to the list of the contract and to that of the spec.",

  *run({ services, names, channels }) {
    const find = serviceFinder(services, names);
    const byName = new Map(services.map((service) => [service.name, service]));
    const keepsLists = new Map(services.map((service) => [service.name, hasLists(service)]));
    for (const channel of channels) {
      for (const end of channel.producers) {
        const publisher = byName.get(end.service);
        // A publisher that never lists consumers does not mean that there are none.
        if (publisher && keepsLists.get(end.service)) yield* unlisted(channel, publisher, end.section, find);
      }
    }
  },
};

function* unlisted(
  channel: Channel,
  publisher: Service,
  section: EventSection | undefined,
  find: FindService,
): Generator<Report> {
  const lists = listsOf(channel, publisher, section, find);
  if (agrees(channel, lists)) return;
  const consumers = consumersOf(channel, publisher, find);
  const claimed = new Set([
    ...consumers.keys(),
    ...lists.flatMap(({ names }) => [...names].filter((name) => !isDenied(find(name), channel))),
  ]);
  const reported = new Set<string>();
  for (const { of, names, at } of lists) {
    const missing = [...claimed].filter((name) => !names.has(name) && !reported.has(name));
    if (missing.length === 0) continue;
    for (const name of missing) reported.add(name);
    yield {
      message: `The ${of} of ${publisher.name} does not list ${listing(missing)} as consumer of '${channel.event}'.`,
      at,
      related: missing.flatMap((name) => {
        const place = consumers.get(name);
        return place ? [{ message: `${name} says that it consumes the event`, at: place }] : [];
      }),
    };
  }
}

/** What is so in nearly every channel: each list names those that say that they consume the event, and nobody else. */
function agrees({ consumers }: Channel, lists: readonly List[]): boolean {
  return lists.every(
    ({ names }) => names.size === consumers.length && consumers.every(({ service }) => names.has(service)),
  );
}

/** Services that say that they consume the event, and do not say that they get it from somebody else. */
function consumersOf(
  { consumers }: Channel,
  publisher: Service,
  find: FindService,
): Map<string, Place | undefined> {
  const own = consumers.filter(({ service, section }) => {
    const source = section?.from === undefined ? publisher : find(section.from);
    return service !== publisher.name && source === publisher;
  });
  return new Map(own.map(({ service, evidence }) => [service, evidence[0]?.at]));
}

/** Its own spec does not name the event: that the other list does is wrong, and is said elsewhere. */
function isDenied(service: Service | undefined, { consumers }: Channel): boolean {
  return (
    service !== undefined &&
    hasServiceSpec(service) &&
    !consumers.some((consumer) => consumer.service === service.name)
  );
}

function listsOf(
  { types }: Channel,
  publisher: Service,
  section: EventSection | undefined,
  find: FindService,
): List[] {
  const nameOf = (text: string) => find(text)?.name ?? text;
  const type = types.findLast(({ service }) => service === publisher.name)?.type;
  return [
    ...(type
      ? [
          {
            of: "contract" as const,
            names: new Set(type.consumers.map(({ service }) => nameOf(service))),
            at: { ...type.at, pointer: `${type.at.pointer}/consumers` },
          },
        ]
      : []),
    // A spec that leaves the list to the contract says nothing wrong.
    ...(section && section.consumers.length > 0
      ? [
          {
            of: "spec" as const,
            names: new Set(section.consumers.map(({ text }) => nameOf(text))),
            at: section.at,
          },
        ]
      : []),
  ];
}

function hasLists({ eventContracts, features }: Service): boolean {
  return (
    eventContracts.some(({ events }) => events.some(({ consumers }) => consumers.length > 0)) ||
    features.some(({ spec }) => spec?.publishes.some(({ consumers }) => consumers.length > 0))
  );
}
