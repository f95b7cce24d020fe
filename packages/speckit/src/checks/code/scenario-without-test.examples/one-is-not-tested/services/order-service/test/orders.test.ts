import { describe, test } from "vitest";
test("places an order for a product in stock", () => {});
