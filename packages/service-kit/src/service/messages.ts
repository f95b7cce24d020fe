import type { Bus } from "../bus/bus.ts";
import { openBus } from "../bus/open-bus.ts";
import type { Migration } from "../database/migration.ts";
import { type Database, openDatabase } from "../database/open-database.ts";
import { type EventConsumer, startConsumers } from "../events/consumers.ts";
import { type EventContracts, readEventContracts } from "../events/contracts.ts";
import { createOutbox, type Outbox } from "../events/outbox.ts";
import { startRelay } from "../events/relay.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Tracing } from "../telemetry/tracing.ts";
import type { Closers } from "./closers.ts";
import type { Settings } from "./settings.ts";
import { tracedConsumer } from "./traced-consumer.ts";

interface Parts {
  readonly name: string;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

interface OpenOptions extends Parts {
  readonly settings: Settings;
  readonly migrations: readonly Migration[];
}

interface Data<Tables> {
  readonly database: Database<Tables>;
  readonly bus: Bus;
  readonly contracts: EventContracts;
  readonly outbox: Outbox;
}

/** Opens where a service keeps its data and where it tells of changes. */
export async function openData<Tables>(
  { name, settings, migrations, log, metrics }: OpenOptions,
  closers: Closers,
): Promise<Data<Tables>> {
  const { databaseUrl, poolSize, busUrl, busPrefix } = settings;
  const contracts = readEventContracts(settings.contractsRoot, name);
  const database = await openDatabase<Tables>({
    url: databaseUrl,
    service: name,
    migrations,
    poolSize,
    log,
    metrics,
  });
  closers.add("the database", () => database.close());
  const prefix = busPrefix === undefined ? {} : { prefix: busPrefix };
  const bus = await openBus({ url: busUrl, topology: contracts.topology, ...prefix, log, metrics });
  closers.add("the bus", () => bus.close());
  return { database, bus, contracts, outbox: createOutbox({ contracts, service: name }) };
}

interface MessageOptions<Tables> extends Parts, Data<Tables> {
  readonly consumers: readonly EventConsumer<Tables>[];
}

/** Publishes what the outbox holds, if the service publishes anything, and receives what its consumers are for. */
export async function startMessages<Tables>(
  { name, database, bus, contracts, consumers, log, metrics, tracing }: MessageOptions<Tables>,
  closers: Closers,
): Promise<void> {
  if (contracts.events.some(({ producer }) => producer === name)) {
    const relay = startRelay({ database, bus, service: name, log, metrics });
    closers.add("the relay", () => relay.stop());
  }
  const traced = consumers.map((consumer) => tracedConsumer(consumer, tracing));
  const receiving = await startConsumers({
    service: name,
    database,
    bus,
    contracts,
    consumers: traced,
    log,
    metrics,
  });
  closers.add("the consumers", () => receiving.stop());
}
