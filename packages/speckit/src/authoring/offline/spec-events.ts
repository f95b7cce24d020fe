import type { Channel, Workspace } from "../../model/workspace.ts";
import { open, plain } from "../setup/plain.ts";
import { wordsOf } from "./constitution-words.ts";
import type { NamedEvent, Prompt } from "./prompt.ts";
import { article } from "./words.ts";

export interface SpecEvents {
  readonly published: readonly NamedEvent[];
  readonly consumed: readonly (NamedEvent & { readonly reaction: string })[];
}

/** The events that the prompt or the contracts name, each once. `others` are named in other features of the service. */
export function eventsOf(
  service: string,
  prompt: Prompt,
  { channels }: Workspace,
  others: ReadonlySet<string>,
): SpecEvents {
  const has = (ends: Channel["producers"]) => ends.some((end) => end.service === service);
  const known = channels
    .filter(({ event }) => !others.has(event))
    .flatMap(({ event, producers, consumers, listed }): NamedEvent[] => {
      if (has(producers)) return [{ event, direction: "published", from: undefined, to: [] }];
      return has(listed) || has(consumers)
        ? [{ event, direction: "consumed", from: producers[0]?.service, to: [] }]
        : [];
    });
  const all = new Map(
    prompt.events.map((one) => corrected(one, service, channels)).map((one) => [one.event, one]),
  );
  for (const one of known) all.set(one.event, joined(one, all.get(one.event)));
  const events = [...all.values()];
  return {
    published: events.filter(({ direction }) => direction === "published"),
    consumed: events
      .filter(({ direction }) => direction === "consumed")
      .map((one) => ({ ...one, reaction: open(`What does ${plain(one.event)} change in ${service}?`) })),
  };
}

/** The other end is known from the prompt as long as no document of its own tells it. */
function joined(known: NamedEvent, asked: NamedEvent | undefined): NamedEvent {
  if (asked?.direction !== known.direction) return known;
  return { ...known, from: known.from ?? asked.from, to: known.to.length > 0 ? known.to : asked.to };
}

/** What another service publishes this one can only consume, and it says from whom. */
function corrected(named: NamedEvent, service: string, channels: readonly Channel[]): NamedEvent {
  const producers = channels.find(({ event }) => event === named.event)?.producers ?? [];
  const from = producers.find((end) => end.service !== service)?.service;
  if (from === undefined || producers.some((end) => end.service === service)) return named;
  return { ...named, direction: "consumed", from };
}

/** The sections of the events, in the form of the microservices template. */
export function eventSections(events: SpecEvents, service: string, workspace: Workspace): string[] {
  const published = events.published.map((one) => publication(one, service, workspace));
  const consumed = events.consumed.map((one) => consumption(one, workspace));
  return [
    `## Events Published\n\n${published.join("\n\n") || "None."}`,
    `## Events Consumed\n\n${consumed.join("\n\n") || "None."}`,
  ];
}

function publication({ event, to }: NamedEvent, service: string, { channels }: Workspace): string {
  const channel = channels.find((one) => one.event === event);
  const type = channel?.types.find((one) => one.service === service)?.type;
  const receivers = [
    ...new Set([
      ...to,
      ...[...(channel?.consumers ?? []), ...(channel?.listed ?? [])].map((end) => end.service),
    ]),
  ].sort();
  const happened = event.split(".").slice(-1)[0] ?? "changed";
  const thing = event.split(".").slice(0, -1).join(" ");
  const payload = type?.payload?.map(({ name }) => `- ${plain(name)}`) ?? [];
  const name = plain(event);
  return [
    `### Event: ${name}`,
    `**Topic:** events.${name}`,
    `**Trigger:** ${triggerIn(type?.description) ?? `When ${plain(article(thing))} is ${plain(happened)}`}`,
    ...(payload.length > 0
      ? ["**Payload:**", ...payload]
      : [`**Payload:** ${open(`Which properties does ${name} carry?`)}`]),
    `**Consumers:** ${receivers.join(", ") || open(`Who needs ${name}?`)}`,
  ].join("\n");
}

function triggerIn(description: string | undefined): string | undefined {
  const text = plain(description ?? "");
  const when = /\bwhen\b.*/i.exec(text)?.[0];
  return when ? `W${when.slice(1)}` : text || undefined;
}

function consumption(
  { event, from, reaction }: SpecEvents["consumed"][number],
  { constitution }: Workspace,
): string {
  const { idempotency, deadLetters } = wordsOf(constitution);
  const name = plain(event);
  return [
    `### Event: ${name}`,
    `**From:** ${from ?? open(`Which service publishes ${name}?`)}`,
    `**Topic:** events.${name}`,
    `**Action:** ${reaction}`,
    `**Idempotency:** ${idempotency ? plain(idempotency, 300) : open("Why does a second delivery change nothing?")}`,
    `**Error Handling:** ${deadLetters ? plain(deadLetters, 300) : open("How often is it tried, and where does it go then?")}`,
  ].join("\n");
}
