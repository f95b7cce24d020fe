import { randomUUID } from "node:crypto";
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { EventContracts } from "./contracts.ts";
import { correlationHeaders } from "./correlation-headers.ts";
import { type DomainEvent, type Envelope, topicOf } from "./envelope.ts";

export interface Outbox {
  /**
   * Stores events in the transaction of the change they tell of; a relay publishes them after the commit, in this order. Throws
   * `BrokenPromise` when an event does not match its contract, or is another service's to tell.
   */
  add(trx: QueryExecutorProvider, events: readonly DomainEvent[]): Promise<void>;
  /**
   * What `add` does, as a statement to be part of the change's own (`WITH …, told AS (…)`): stores the events if `condition` holds. Throws as
   * `add` does.
   */
  adding(
    trx: QueryExecutorProvider,
    events: readonly DomainEvent[],
    condition: RawBuilder<unknown>,
  ): RawBuilder<unknown>;
}

/** A service is about to tell what its own contract does not allow. This is a bug of the service. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

export interface OutboxOptions {
  readonly contracts: EventContracts;
  readonly service: string;
  readonly clock?: () => Date;
}

const withEvents = new WeakSet<object>();

/** Says whether an outbox has stored events in this transaction, so that a relay knows when there is something to do. */
export function hasEvents(trx: object): boolean {
  return withEvents.has(trx);
}

interface Stored {
  readonly eventId: string;
  readonly topic: string;
  readonly body: string;
  readonly headers: string;
}

const gathered = new WeakMap<object, Stored[]>();

/** Events that `work` adds in this transaction are stored when it has ended, all at once. */
export async function storeTogether<T>(trx: QueryExecutorProvider, work: () => Promise<T>): Promise<T> {
  const events: Stored[] = [];
  gathered.set(trx, events);
  const result = await work();
  gathered.delete(trx);
  if (events.length > 0) await insertion(events).execute(trx);
  return result;
}

function insertion(
  events: readonly Stored[],
  condition: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    INSERT INTO outbox (event_id, topic, body, headers)
    SELECT event_id, topic, body, headers
    FROM unnest(
      ${events.map(({ eventId }) => eventId)}::uuid[],
      ${events.map(({ topic }) => topic)}::text[],
      ${events.map(({ body }) => body)}::text[],
      ${events.map(({ headers }) => headers)}::text[]
    ) AS added (event_id, topic, body, headers)
    WHERE ${condition}`;
}

/** The outbox of a service: a table in its own database. The envelope's id and time are given here. */
export function createOutbox({ contracts, service, clock = () => new Date() }: OutboxOptions): Outbox {
  const own = new Set(
    contracts.events.filter(({ producer }) => producer === service).map(({ type }) => type),
  );

  const envelopeOf = ({ type, version = "v1", data }: DomainEvent): Envelope => {
    const envelope = {
      eventId: randomUUID(),
      eventType: type,
      eventVersion: version,
      timestamp: clock().toISOString(),
      data,
    };
    const validation = contracts.validate(envelope);
    if (!validation.ok) throw new BrokenPromise(`${service} cannot publish ${type}. ${validation.reason}`);
    if (!own.has(type)) throw new BrokenPromise(`${service} cannot publish ${type}: another service does.`);
    return envelope;
  };

  const storedOf = (event: DomainEvent): Stored => {
    const envelope = envelopeOf(event);
    return {
      eventId: envelope.eventId,
      topic: topicOf(envelope.eventType),
      body: JSON.stringify(envelope),
      headers: JSON.stringify(correlationHeaders()),
    };
  };

  return {
    async add(trx, events) {
      if (events.length === 0) return;
      const stored = events.map(storedOf);
      withEvents.add(trx);
      const later = gathered.get(trx);
      if (later) later.push(...stored);
      else await insertion(stored).execute(trx);
    },
    adding(trx, events, condition) {
      withEvents.add(trx);
      return insertion(events.map(storedOf), condition);
    },
  };
}
