import type { Workspace } from "../../model/workspace.ts";
import type { StoryShare } from "../offline/story-shares.ts";
import type { ContractReader } from "./contract-reader.ts";
import { pointerTo } from "./pointer.ts";
import type { PlannedEvent } from "./service-plan.ts";

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
        return {
          event,
          version,
          description,
          schema: contracts.event(file, event, version),
          producer,
          contract: file,
          consumers: consumers.map(({ service }) => service),
          scenario: share && pointerTo(share.story),
        };
      }),
    ),
  );
  return {
    published: newest(all.filter(({ producer }) => producer === name)),
    consumed: newest(all.filter(({ consumers }) => consumers.includes(name))),
  };
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
