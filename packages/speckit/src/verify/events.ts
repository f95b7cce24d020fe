import type { DescribedEvent } from "../model/callable-operation.ts";
import type { Location } from "../model/location.ts";

/** An event as it was recorded. */
export interface RecordedEvent {
  readonly value: unknown;
  readonly at: Location;
}

/** The contracts' event types by name. */
export type EventsByName = ReadonlyMap<string, readonly DescribedEvent[]>;

/** What a recorded event calls itself; undefined when it does not say. */
export function typeOfEvent({
  value,
}: RecordedEvent): { readonly event: string; readonly version: string | undefined } | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { eventType, type, eventVersion, version } = value as Record<string, unknown>;
  const event = typeof eventType === "string" ? eventType : type;
  if (typeof event !== "string") return undefined;
  const said = typeof eventVersion === "string" ? eventVersion : version;
  return { event, version: typeof said === "string" ? said : undefined };
}

/** The description that an event is to be held against: that of its version, else the newest. */
export function descriptionOf(recorded: RecordedEvent, known: EventsByName): DescribedEvent | undefined {
  const named = typeOfEvent(recorded);
  const versions = named ? (known.get(named.event) ?? []) : [];
  return versions.find(({ version }) => version === named?.version) ?? versions.at(-1);
}
