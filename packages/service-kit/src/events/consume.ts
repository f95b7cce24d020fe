import type { Transaction } from "kysely";
import type { Database } from "../database/open-database.ts";
import { isDatabaseUnavailable } from "../database/unavailable.ts";
import { faultPoint } from "../faults/fault-point.ts";
import { type Correlation, correlation } from "../telemetry/correlation.ts";
import type { EventConsumer } from "./consumers.ts";
import type { Envelope } from "./envelope.ts";
import type { ConsumerStep } from "./fault-names.ts";
import { noteInInbox } from "./inbox.ts";
import { storeTogether } from "./outbox.ts";

export type Outcome = "done" | "duplicate";

/** An event that kept its contract, who handles it, and the request it goes back to. */
export interface Arrival<Tables> {
  readonly consumer: EventConsumer<Tables>;
  readonly event: Envelope;
  readonly correlation: Correlation;
}

/**
 * Notes and handles events in one transaction, one after the other: a busy service pays for one commit instead of many. When anything in it
 * fails nothing has happened, and each is tried alone, so that one bad event costs the others no attempt.
 */
export async function consume<Tables>(
  service: string,
  database: Database<Tables>,
  arrivals: readonly Arrival<Tables>[],
): Promise<readonly PromiseSettledResult<Outcome>[]> {
  if (arrivals.length > 1) {
    try {
      const outcomes = await consumeTogether(service, database, arrivals);
      return outcomes.map((value) => ({ status: "fulfilled", value }));
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
    }
  }
  const settled: PromiseSettledResult<Outcome>[] = [];
  for (const arrival of arrivals)
    settled.push(...(await Promise.allSettled([consumeAlone(service, database, arrival)])));
  return settled;
}

async function consumeAlone<Tables>(service: string, database: Database<Tables>, arrival: Arrival<Tables>) {
  const [outcome] = await consumeTogether(service, database, [arrival]);
  return outcome as Outcome;
}

async function consumeTogether<Tables>(
  service: string,
  database: Database<Tables>,
  arrivals: readonly Arrival<Tables>[],
): Promise<Outcome[]> {
  const fault = (step: ConsumerStep) => {
    for (const { event } of arrivals) faultPoint(`${service}/consumer.${event.eventType}.${step}`);
  };
  fault("before-transaction");
  const outcomes = await database.transaction(async (trx) => {
    const fresh = await noteInInbox(
      trx,
      arrivals.map(({ event }) => event.eventId),
    );
    // The first copy of an event that came twice has the effect. PostgreSQL writes ids in lower case.
    const firsts = arrivals.map(({ event }) => fresh.delete(event.eventId.toLowerCase()));
    await storeTogether(trx, () =>
      handle(
        arrivals.filter((_, index) => firsts[index]),
        trx,
      ),
    );
    fault("before-commit");
    return firsts.map((isFirst): Outcome => (isFirst ? "done" : "duplicate"));
  });
  fault("after-commit");
  return outcomes;
}

/** Each consumer is told once of all that it is about to handle in this transaction, then handles one after the other. */
async function handle<Tables>(arrivals: readonly Arrival<Tables>[], trx: Transaction<Tables>) {
  const prepared = new Map<EventConsumer<Tables>, unknown>();
  for (const consumer of new Set(arrivals.map((arrival) => arrival.consumer))) {
    const events = arrivals.filter((arrival) => arrival.consumer === consumer).map(({ event }) => event);
    prepared.set(consumer, await consumer.prepare?.(events, trx));
  }
  for (const { consumer, event, correlation: cause } of arrivals)
    await correlation.run(cause, () => consumer.handle(event, trx, prepared.get(consumer)));
}
