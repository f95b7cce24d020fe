import { expect, test } from "vitest";
import { openBus, UnknownBus } from "../src/index.ts";
import { silentLog, testMetrics } from "../src/testing/index.ts";

test.each([
  { given: "no address", url: "", prefix: "" },
  { given: "an address of something else", url: "redis://127.0.0.1:6379", prefix: "" },
  { given: "a prefix with a blank", url: "amqp://127.0.0.1", prefix: "my shop" },
  {
    given: "a prefix that would end a name",
    url: "postgres://127.0.0.1/bus",
    prefix: 'shop"; DROP TABLE message; --',
  },
])("a bus with $given is refused", async ({ url, prefix }) => {
  const opening = openBus({ url, prefix, topology: [], log: silentLog(), metrics: testMetrics() });
  await expect(opening).rejects.toThrow(UnknownBus);
});
