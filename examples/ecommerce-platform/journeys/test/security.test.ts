import { afterAll, beforeAll, describe } from "vitest";
import { crookedPaths } from "./attacks/crooked-paths.ts";
import { authSecret, forgedTokens } from "./attacks/forged-tokens.ts";
import { injections } from "./attacks/injections.ts";
import { looseTongues } from "./attacks/loose-tongues.ts";
import { monstrousBodies } from "./attacks/monstrous-bodies.ts";
import { otherPeoplesThings } from "./attacks/other-peoples-things.ts";
import { openShop, type Shop } from "./support/open-shop.ts";
import { ownServers } from "./support/place.ts";

describe("a shop under attack", () => {
  let shop: Shop;
  beforeAll(async () => {
    // Everything that a log could tell is told.
    shop = await openShop(ownServers, { LOG_LEVEL: "trace", AUTH_SECRET: authSecret });
  }, 180_000);
  afterAll(() => shop.close(), 60_000);

  const attacks = [forgedTokens, otherPeoplesThings, injections, monstrousBodies, crookedPaths];
  for (const attack of [...attacks, looseTongues]) attack(() => shop);
});
