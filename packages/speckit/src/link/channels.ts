import type { PointOfView } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import { compareText } from "../model/location.ts";
import { nameOf, type Spellings } from "../model/service-names.ts";
import type { EventSection } from "../model/spec.ts";
import type { Channel, ChannelEnd, Evidence, Service } from "../model/workspace.ts";

/** What is known so far about one end: filled while all services are read. */
interface End {
  service: string;
  evidence: Evidence[];
  section: EventSection | undefined;
}

interface Draft {
  versions: Set<string>;
  types: Channel["types"][number][];
  producers: Map<string, End>;
  consumers: Map<string, End>;
  listed: Map<string, End>;
}

/** Finds who sends and who receives each event, from contracts and specs of all services. Sorted by event. */
export function linkChannels(
  services: readonly Service[],
  names: Spellings,
  pointOfView: PointOfView | undefined,
): Channel[] {
  const drafts = new Map<string, Draft>();
  const addresses = new Addresses();
  const known = (text: string) => nameOf(text, names) ?? text;
  for (const service of services) {
    for (const contract of service.eventContracts) {
      for (const type of contract.events) {
        const draft = draftOf(drafts, type.event);
        draft.types.push({ service: service.name, type });
        if (type.version !== undefined) draft.versions.add(type.version);
        add(draft.producers, service.name, { source: "contract", at: type.at });
        for (const { service: consumer, at } of type.consumers)
          add(draft.listed, known(consumer), { source: "contract", at });
      }
    }
    for (const { specification, uses } of service.asyncApis) {
      const reversed = pointOfView === "application" && specification.startsWith("2.");
      for (const { address, role, at } of uses) {
        const draft = draftOf(drafts, addresses.get(address));
        const sends = (role === "sends") !== reversed;
        add(sends ? draft.producers : draft.consumers, service.name, { source: "contract", at });
      }
    }
    for (const { spec } of service.features) {
      for (const section of spec?.publishes ?? []) {
        const draft = draftOf(drafts, section.event);
        add(draft.producers, service.name, { source: "spec", at: section.at }, section);
        for (const { text, at } of section.consumers) add(draft.listed, known(text), { source: "spec", at });
      }
      for (const section of spec?.consumes ?? []) {
        add(
          draftOf(drafts, section.event).consumers,
          service.name,
          { source: "spec", at: section.at },
          section,
        );
      }
    }
  }
  addCode(services, drafts);
  return [...drafts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([event, { versions, types, producers, consumers, listed }]) => ({
      event,
      versions: [...versions].sort(compareText),
      types,
      producers: sorted(producers),
      consumers: sorted(consumers),
      listed: sorted(listed),
    }));
}

/**
 * What code sends and receives joins the channels that documents know. A topic that only code knows is a channel when one service sends to it and
 * another receives from it: names of queues and exchanges are many, and say little alone.
 */
function addCode(services: readonly Service[], drafts: Map<string, Draft>): void {
  const uses = services.flatMap(({ name, code }) => code.topics.map((use) => ({ ...use, service: name })));
  for (const [topic, group] of groupBy(uses, (use) => use.topic)) {
    const senders = new Set(group.filter(({ role }) => role === "sends").map(({ service }) => service));
    const isShared =
      senders.size > 0 && group.some(({ role, service }) => role === "receives" && !senders.has(service));
    if (!drafts.has(topic) && !isShared) continue;
    const draft = draftOf(drafts, topic);
    for (const { role, service, at } of group)
      add(role === "sends" ? draft.producers : draft.consumers, service, { source: "code", at });
  }
}

/** Addresses that differ only in the names of their parameters are one; the first spelling stands for all. */
class Addresses {
  readonly #spellings = new Map<string, string>();

  get(address: string): string {
    const shape = address.replace(/\{[^{}]*\}/g, "{}");
    const known = this.#spellings.get(shape);
    if (known !== undefined) return known;
    this.#spellings.set(shape, address);
    return address;
  }
}

function draftOf(drafts: Map<string, Draft>, event: string): Draft {
  let draft = drafts.get(event);
  if (!draft) {
    draft = { versions: new Set(), types: [], producers: new Map(), consumers: new Map(), listed: new Map() };
    drafts.set(event, draft);
  }
  return draft;
}

function add(ends: Map<string, End>, service: string, evidence: Evidence, section?: EventSection): void {
  const end = ends.get(service) ?? { service, evidence: [], section: undefined };
  end.evidence.push(evidence);
  end.section ??= section;
  ends.set(service, end);
}

function sorted(ends: Map<string, End>): ChannelEnd[] {
  return [...ends.values()].sort((a, b) => compareText(a.service, b.service));
}
