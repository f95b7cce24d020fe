import type { Place } from "../../../model/location.ts";
import type { Channel, ChannelEnd, Evidence } from "../../../model/workspace.ts";
import type { Facts } from "../facts.ts";
import { pathIn, referenceTo } from "../subject.ts";

import { code, refText, type Section, table } from "./section.ts";

/** What the service tells others, and what it hears. */
export function eventSections(facts: Facts): Section[] {
  const { published, consumed } = facts.integration;
  const own = (ends: readonly ChannelEnd[]) => ends.find(({ service }) => service === facts.service.name);
  const sent = published.flatMap((channel) => {
    const end = own(channel.producers);
    return end ? [publishedRow(facts, channel, end)] : [];
  });
  const heard = consumed.flatMap((channel) => {
    const end = own(channel.consumers);
    return end ? [consumedRow(facts, channel, end)] : [];
  });
  return [
    ...(sent.length > 0
      ? [
          {
            title: "Events published",
            lines: table(["Event", "When", "Data", "Consumers", "Contract", "Sent at"], sent),
          },
        ]
      : []),
    ...(heard.length > 0
      ? [
          {
            title: "Events consumed",
            lines: table(["Event", "From", "What happens", "On failure", "Received at"], heard),
          },
        ]
      : []),
  ];
}

function publishedRow(facts: Facts, channel: Channel, { evidence, section }: ChannelEnd): string[] {
  const type = channel.types.find(({ service }) => service === facts.service.name)?.type;
  const fields = type?.payload?.map(({ name }) => name) ?? section?.payload?.map(({ text }) => text) ?? [];
  const described = type?.at ?? evidence.find(({ source }) => source === "contract")?.at;
  const consumers = new Set([...channel.consumers, ...channel.listed].map(({ service }) => service));
  return [
    nameOf(channel),
    section?.trigger ?? type?.description ?? "",
    fields.join(", "),
    [...consumers].join(", ") || "none known",
    described === undefined ? "" : contractPlace(facts, described, channel.event),
    placesOf(facts, evidence, channel.event),
  ];
}

function consumedRow(facts: Facts, channel: Channel, { evidence, section }: ChannelEnd): string[] {
  const producers = channel.producers.map(({ service }) => service);
  return [
    nameOf(channel),
    producers.join(", ") || (section?.from ?? "nobody known"),
    section?.action ?? "",
    [section?.idempotency, section?.errorHandling].filter(Boolean).join("; "),
    placesOf(facts, evidence, channel.event),
  ];
}

function nameOf({ event, versions }: Channel): string {
  return versions.length === 0 ? code(event) : `${code(event)} ${versions.join(", ")}`;
}

function contractPlace(facts: Facts, at: Place, event: string): string {
  const [place] = facts.locate([at]);
  if (!place) return code(pathIn(facts, at.file));
  const { file, line } = referenceTo(facts, place, event);
  return refText(facts, { file, line, name: undefined });
}

/** Where code was seen to send or receive. */
function placesOf(facts: Facts, evidence: readonly Evidence[], event: string): string {
  const places = evidence.flatMap(({ source, at }) => (source === "code" && "line" in at ? [at] : []));
  const texts = places.map((at) => refText(facts, referenceTo(facts, at, event)));
  return [...new Set(texts)].join(", ") || (facts.service.implemented ? "not seen in code" : "planned");
}
