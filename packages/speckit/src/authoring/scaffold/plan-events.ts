import type { Workspace } from "../../model/workspace.ts";
import { isValid } from "../../verify/schema/schema-errors.ts";
import type { StoryShare } from "../offline/story-shares.ts";
import type { ContractReader } from "./contract-reader.ts";
import { pointerTo } from "./pointer.ts";
import type { PlannedEvent } from "./service-plan.ts";
import { sampleOf } from "./write-events.ts";

/** The events that a service publishes and consumes as its contracts and those of others say it, which is what service-kit holds it to. */
export function planEvents(
  { services }: Workspace,
  name: string,
  shares: readonly StoryShare[],
  contracts: ContractReader,
): { readonly published: readonly PlannedEvent[]; readonly consumed: readonly PlannedEvent[] } {
  const all = services.flatMap(({ name: producer, eventContracts }) =>
    eventContracts.flatMap(({ file, events }) =>
      events.map(({ event, version = "v1", description, consumers }): PlannedEvent => {
        const share = shares.find(
          ({ published, consumed }) => (producer === name ? published : consumed).includes(event) === true,
        );
        const planned = {
          event,
          version,
          description,
          schema: contracts.event(file, event, version),
          producer,
          contract: file,
          consumers: consumers.map(({ service }) => service),
          scenario: share && pointerTo(share.story),
        };
        return { ...planned, isEnvelope: isEnvelope(planned) };
      }),
    ),
  );
  return {
    published: newest(all.filter(({ producer }) => producer === name)),
    consumed: newest(all.filter(({ consumers }) => consumers.includes(name))),
  };
}

function isEnvelope(event: Omit<PlannedEvent, "isEnvelope">): boolean {
  const { event: eventType, version: eventVersion, schema = true } = event;
  return isValid(schema, {
    eventId: "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f",
    eventType,
    eventVersion,
    timestamp: "2026-01-01T00:00:00.000Z",
    data: sampleOf(event),
  });
}

/** Each event once: of several versions the newest, wherever its contract has it. */
function newest(events: readonly PlannedEvent[]): PlannedEvent[] {
  const all = new Map<string, PlannedEvent>();
  for (const event of events) {
    const known = all.get(event.event);
    if (!known || event.version.localeCompare(known.version, "en", { numeric: true }) >= 0)
      all.set(event.event, event);
  }
  return [...all.values()];
}
