import { createOutbox, openBus, openDatabase, startConsumers, startRelay } from "../../src/index.ts";
import { createLogger } from "../../src/telemetry/logger.ts";
import { createMetrics } from "../../src/telemetry/metrics.ts";
import { contracts, migrations, orderCreated, type Tables } from "./market.ts";

// One half of the way of an event in a process of its own: order-service with its relay, or inventory-service with its consumer.
const { HALF, DATABASE_URL = "", BUS_URL = "" } = process.env;
const log = createLogger({ service: "test", level: "silent" });
const metrics = createMetrics("test");
const service = HALF === "relay" ? "order-service" : "inventory-service";
const database = await openDatabase<Tables>({ url: DATABASE_URL, service, migrations, log, metrics });
const bus = await openBus({ url: BUS_URL, topology: contracts.topology, log, metrics });

if (HALF === "relay") {
  const outbox = createOutbox({ contracts, service });
  const relay = startRelay({ database, bus, service, log, metrics });
  process.on("message", async ({ kind }: { kind: string }) => {
    if (kind === "place") await database.transaction((trx) => outbox.add(trx, [orderCreated()]));
    if (kind === "stop") await relay.stop().then(() => process.exit(0));
  });
} else {
  await startConsumers<Tables>({
    service,
    database,
    bus,
    contracts,
    consumers: [
      {
        eventType: "order.created",
        async handle({ data }, trx) {
          await trx
            .insertInto("seen")
            .values({ order_id: (data as { orderId: string }).orderId })
            .execute();
        },
      },
    ],
    log,
    metrics,
  });
}
process.send?.("ready");
