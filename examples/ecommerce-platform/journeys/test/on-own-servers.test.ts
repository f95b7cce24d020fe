import { describe } from "vitest";
import { allJourneys } from "./journeys/all-journeys.ts";
import { openShop } from "./support/open-shop.ts";

describe("a shop on servers of its own", () => allJourneys(() => openShop()));
