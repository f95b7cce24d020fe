import { type BusGround, openBusTests } from "./bus-tests.ts";
import { crashTests } from "./crashes.ts";
import { deadLetterTests } from "./dead-letters.ts";
import { deliveryTests } from "./delivery.ts";
import { failureTests } from "./failures.ts";

export type { BusGround } from "./bus-tests.ts";

/** What every driver of the bus does, held against a real server. */
export function busConformance(driver: string, prepare: () => Promise<BusGround>): void {
  const tests = openBusTests(driver, prepare);
  deliveryTests(tests);
  failureTests(tests);
  deadLetterTests(tests);
  crashTests(tests);
}
