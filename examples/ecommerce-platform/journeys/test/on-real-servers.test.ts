import { describe, test } from "vitest";
import { allJourneys } from "./journeys/all-journeys.ts";
import { sharedServers } from "./journeys/shared-servers.ts";
import { openShop } from "./support/open-shop.ts";
import { missingServers, realServers } from "./support/place.ts";

const missing = await missingServers();
if (missing.length === 0)
  describe("a shop on PostgreSQL, RabbitMQ and Redis", () =>
    allJourneys(() => openShop(realServers()), sharedServers));
else describe.skip("a shop on real servers", () => test(`needs ${missing.join(", ")}`, () => undefined));
