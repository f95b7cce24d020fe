import { expect, test } from "vitest";
import { createRateLimit } from "../src/rate-limit.ts";

/** Seconds to wait, for requests at these milliseconds. */
function waits(
  rate: { limit: number; windowMs: number },
  requests: readonly (readonly [number, string])[],
): number[] {
  let now = 0;
  const limit = createRateLimit(rate, () => now);
  return requests.map(([at, address]) => {
    now = at;
    return limit.count(address);
  });
}

const ada = "192.0.2.7";
const times = (count: number, at: number, address = ada) =>
  Array.from({ length: count }, () => [at, address] as const);

test.each([
  { given: "as many as allowed", requests: times(3, 0), says: [0, 0, 0] },
  { given: "one too many", requests: times(4, 15_000), says: [0, 0, 0, 60] },
  { given: "one too many, at the end of the minute", requests: times(4, 59_990), says: [0, 0, 0, 60] },
  {
    given: "two addresses",
    requests: [...times(3, 0), ...times(3, 0, "192.0.2.8")],
    says: [0, 0, 0, 0, 0, 0],
  },
  { given: "a minute later", requests: [...times(3, 0), ...times(3, 120_000)], says: [0, 0, 0, 0, 0, 0] },
  {
    given: "a burst over the border of two minutes",
    requests: [...times(3, 59_000), ...times(1, 61_000)],
    says: [0, 0, 0, 58],
  },
  {
    given: "those of a minute ago forgotten one by one",
    requests: [...times(1, 0), ...times(1, 30_000), ...times(2, 59_000), ...times(2, 60_000)],
    says: [0, 0, 0, 1, 0, 30],
  },
  {
    given: "one who hammered, and then waited as long as they were told",
    requests: [...times(6, 10_000), ...times(2, 40_000), ...times(4, 70_000)],
    says: [0, 0, 0, 60, 60, 60, 30, 30, 0, 0, 0, 60],
  },
  {
    given: "addresses of one IPv6 network",
    requests: [...times(3, 0, "2001:db8:1:2::7"), ...times(1, 0, "2001:db8:1:2:aaaa::1")],
    says: [0, 0, 0, 60],
  },
  {
    given: "addresses of two IPv6 networks",
    requests: [...times(3, 0, "2001:db8:1:2::7"), ...times(1, 0, "2001:db8:1:3::7")],
    says: [0, 0, 0, 0],
  },
  {
    given: "IPv4 written as IPv6",
    requests: [...times(3, 0), ...times(1, 0, `::ffff:${ada}`)],
    says: [0, 0, 0, 60],
  },
])("of three a minute, $given: wait $says", ({ requests, says }) => {
  expect(waits({ limit: 3, windowMs: 60_000 }, requests)).toEqual(says);
});

test("many addresses do not fill the memory, and the one that is active stays known", () => {
  const limit = createRateLimit({ limit: 1, windowMs: 60_000 }, () => 0);
  limit.count("oldest");
  for (let number = 0; number < 50_000; number++) limit.count(`network ${number}`);
  expect(limit.count("network 49999")).toBe(60);
  expect(limit.count("oldest")).toBe(0);
});
