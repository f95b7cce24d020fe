import { setTimeout as pause } from "node:timers/promises";
import type { Transaction } from "kysely";
import { type Bus, type Delivery, Poison, Postponed } from "../bus/bus.ts";
import type { Database } from "../database/open-database.ts";
import { isDatabaseUnavailable } from "../database/unavailable.ts";
import { faultPoint } from "../faults/fault-point.ts";
import { createPace } from "../pace.ts";
import { correlation } from "../telemetry/correlation.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { type Arrival, consume, type Outcome } from "./consume.ts";
import type { EventContracts } from "./contracts.ts";
import { correlationOf } from "./correlation-headers.ts";
import type { Envelope } from "./envelope.ts";
import { declareConsumerFaults } from "./fault-names.ts";
import { gather } from "./gather.ts";
import { keepInboxSmall } from "./inbox.ts";

/** What a service does about one kind of event. */
export interface EventConsumer<Tables, Data = object, Prepared = unknown> {
  readonly eventType: string;
  /**
   * Makes the effect of the event in `trx`, in which the event's id is noted; both are committed together. It is called again after it
   * threw, so whatever it does outside of `trx` must bear repetition. May throw `Poison` or `Postponed`. What it adds to the outbox is stored
   * when all events of `trx` are handled.
   */
  handle(event: Envelope<Data>, trx: Transaction<Tables>, prepared: Prepared): Promise<void>;
  /**
   * Told of all its events in `trx`, before the first event of `trx` is handled; `handle` is given what it returns. Each consumer's own events come in the
   * order of their arrival, but consumers are asked one after the other, and it belongs to no single event: it runs under no event's trace or request id.
   * What can be done for many events in one statement is done here, and what keeps two transactions from waiting for each other's rows.
   */
  prepare?(events: readonly Envelope<Data>[], trx: Transaction<Tables>): Promise<Prepared>;
}

export interface ConsumersOptions<Tables> {
  readonly service: string;
  readonly database: Database<Tables>;
  readonly bus: Pick<Bus, "subscribe">;
  readonly contracts: EventContracts;
  /** One for each event that names the service as a consumer. */
  readonly consumers: readonly EventConsumer<Tables>[];
  /** Events handled in one transaction at the most, when so many are waiting. */
  readonly concurrency?: number;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** The consumers of a service are not those of the contracts; the message names the events. */
export class ConsumerMismatch extends Error {
  override readonly name = "ConsumerMismatch";
}

const mostTogether = 50;
/** A busy service handles together what came within so many milliseconds; after a rest nothing waits. */
const paceMs = 10;

/**
 * Receives the events of a service. Each is held against its contract (else it is poison), noted in the inbox and handled in one
 * transaction, together with those that came meanwhile; one that was noted before is acknowledged without effect. While the database does not answer, deliveries wait for it
 * rather than use up their attempts. Throws `ConsumerMismatch` unless there is a consumer for each event that the contracts send here,
 * and for no other.
 */
export async function startConsumers<Tables>(
  options: ConsumersOptions<Tables>,
): Promise<{ stop(): Promise<void> }> {
  const { service, database, bus, contracts, consumers, log, concurrency = mostTogether } = options;
  refuseMismatch(service, contracts, consumers);
  if (consumers.length === 0) return { stop: async () => {} };

  for (const { eventType } of consumers) declareConsumerFaults(service, eventType);
  const stopping = new AbortController();
  const receive = createReceiver(options, stopping.signal);
  const inbox = keepInboxSmall(database.pool, log);
  const subscription = await bus.subscribe({
    consumer: service,
    concurrency,
    handle: (delivery) => correlation.run(correlationOf(delivery.headers), () => receive(delivery)),
    acknowledged: ({ body }) => faultPoint(`${service}/consumer.${(body as Envelope).eventType}.after-ack`),
  });
  return {
    async stop() {
      stopping.abort();
      inbox.stop();
      await subscription.stop();
    },
  };
}

function refuseMismatch<Tables>(
  service: string,
  { events }: EventContracts,
  consumers: readonly EventConsumer<Tables>[],
) {
  const expected = new Set(
    events.filter((event) => event.consumers.includes(service)).map(({ type }) => type),
  );
  const given = new Set(consumers.map(({ eventType }) => eventType));
  const missing = [...expected].filter((type) => !given.has(type));
  const unknown = [...given].filter((type) => !expected.has(type));
  if (missing.length === 0 && unknown.length === 0) return;
  throw new ConsumerMismatch(
    [
      `The consumers of ${service} are not those of the contracts.`,
      missing.length > 0 && `Without a consumer: ${missing.join(", ")}.`,
      unknown.length > 0 && `In no contract for it: ${unknown.join(", ")}.`,
    ]
      .filter(Boolean)
      .join(" "),
  );
}

/** Judges, handles and counts one delivery. */
function createReceiver<Tables>(options: ConsumersOptions<Tables>, stopping: AbortSignal) {
  const { service, database, contracts, log } = options;
  const byType = new Map(options.consumers.map((consumer) => [consumer.eventType, consumer]));
  const measure = createMeasures(options.metrics);
  const { concurrency = mostTogether } = options;
  const consumeSoon = gather<Arrival<Tables>, Outcome>((arrivals) => consume(service, database, arrivals), {
    most: concurrency,
    pace: createPace(paceMs),
  });

  return async ({ body, attempt }: Delivery): Promise<void> => {
    const validation = contracts.validate(body);
    if (!validation.ok) throw new Poison(validation.reason);
    const event = body as Envelope;
    const consumer = byType.get(event.eventType);
    if (!consumer) throw new Poison(`${service} does not consume ${event.eventType}.`);

    const done = measure(event);
    const { eventType, eventId } = event;
    try {
      const outcome = await consumeSoon({ consumer, event, correlation: correlation.current() });
      done(outcome);
      log.info({ eventType, eventId, attempt, outcome }, "an event was handled");
    } catch (error) {
      done("failed");
      log.warn({ err: error, eventType, eventId, attempt }, "an event was not handled");
      if (isDatabaseUnavailable(error)) await outlast(database, stopping);
      throw error;
    }
  };
}

/** Returns when the database answers at once: then it was not away. Otherwise waits for it, and asks for the delivery again. */
async function outlast<Tables>(database: Database<Tables>, stopping: AbortSignal): Promise<void> {
  for (let waits = 0; ; waits++) {
    const answers = await database.check().then(
      () => true,
      () => false,
    );
    if (answers && waits === 0) return;
    if (answers) throw new Postponed("The database was away.", 0);
    if (stopping.aborted) throw new Postponed("The database is away, and the service stops.", 0);
    await pause(Math.min(2_000, 100 * 2 ** waits), undefined, { signal: stopping }).catch(() => {});
  }
}

function createMeasures(metrics: Metrics) {
  const seconds = metrics.histogram({
    name: "event_handling_seconds",
    help: "Time to handle an event, by outcome: done, duplicate, failed.",
    labelNames: ["event", "outcome"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  });
  const age = metrics.histogram({
    name: "event_age_seconds",
    help: "Time between what happened and the start of its handling.",
    labelNames: ["event"],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
  });
  return ({ eventType: event, timestamp }: Envelope) => {
    const started = performance.now();
    age.observe({ event }, Math.max(0, (Date.now() - Date.parse(timestamp)) / 1000));
    return (outcome: "done" | "duplicate" | "failed") =>
      seconds.observe({ event, outcome }, (performance.now() - started) / 1000);
  };
}
