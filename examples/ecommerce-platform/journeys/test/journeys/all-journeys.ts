import { afterAll, beforeAll } from "vitest";
import { looseTongues } from "../attacks/loose-tongues.ts";
import type { Shop } from "../support/open-shop.ts";
import { accounts } from "./accounts.ts";
import { deadLetters } from "./dead-letters.ts";
import { door } from "./door.ts";
import { mails } from "./mails.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { profiles } from "./profiles.ts";
import { rush } from "./rush.ts";
import { separateDatabases } from "./separate-databases.ts";
import { supervision } from "./supervision.ts";

export type Journey = (shop: () => Shop) => void;

/** Everything that people do with a shop, on whatever servers it stands. Opens one shop for all. */
export function allJourneys(open: () => Promise<Shop>, ...more: readonly Journey[]): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open();
  }, 180_000);
  afterAll(() => shop.close(), 60_000);

  const journeys = [
    products,
    accounts,
    profiles,
    orders,
    mails,
    door,
    supervision,
    separateDatabases,
    deadLetters,
    rush,
    ...more,
  ];
  for (const journey of [...journeys, looseTongues]) journey(() => shop);
}
