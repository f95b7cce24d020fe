/** What a service decided to tell; the outbox gives it id, time and version. */
export interface DomainEvent {
  /** e.g. `order.created` */
  readonly type: string;
  /** `v1` unless said otherwise. */
  readonly version?: string;
  readonly data: object;
}

/** What stands around the data of every event on the wire. */
export interface Envelope<Data = object> {
  /** UUID, the same for every delivery of one event. */
  readonly eventId: string;
  readonly eventType: string;
  readonly eventVersion: string;
  /** ISO 8601, UTC: when it happened. */
  readonly timestamp: string;
  readonly data: Data;
}

/** The topic of an event is `events.` followed by its name. */
export function topicOf(eventType: string): string {
  return `events.${eventType}`;
}
