import { afterAll, beforeAll, describe } from "vitest";
import { consumedEvents } from "./contracts/consumed-events.ts";
import { consumedOperations } from "./contracts/consumed-operations.ts";
import { keptContracts } from "./contracts/kept-contracts.ts";
import { traces } from "./journeys/traces.ts";
import { type Collector, startCollector } from "./support/collector.ts";
import { openShop, type Shop } from "./support/open-shop.ts";
import { ownServers } from "./support/place.ts";

describe("between the services of a shop that runs", () => {
  let collector: Collector;
  let shop: Shop;
  beforeAll(async () => {
    collector = await startCollector();
    shop = await openShop(ownServers, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint });
  }, 180_000);
  afterAll(async () => {
    await shop.close();
    await collector.stop();
  }, 60_000);

  for (const contracts of [consumedOperations, consumedEvents, keptContracts]) contracts(() => shop);
  traces(
    () => shop,
    () => collector,
  );
});
