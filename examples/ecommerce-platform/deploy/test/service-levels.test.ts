import { expect, test } from "vitest";
import { readServiceLevels } from "../src/service-levels.ts";
import { readText } from "./support/platform.ts";

const constitution = readText("constitution.md");

test("every row of the constitution is understood, with its numbers", () => {
  const levels = readServiceLevels("constitution.md", constitution);
  expect(Object.fromEntries([...levels].map(([measure, { numbers }]) => [measure, numbers]))).toEqual({
    "Error rate": { percent: 1, minutes: 5 },
    Latency: { percentile: 95, milliseconds: 500, minutes: 5 },
    Readiness: { minutes: 1 },
    Outbox: { minutes: 1 },
    "Dead letters": {},
    "Pending orders": { minutes: 20 },
  });
});

test.each([
  {
    what: "a measure that nobody knows",
    from: "| Dead letters | a dead-letter queue is not empty |",
    to: "| Dead letters | a dead-letter queue is not empty |\n| Mood | customers frown |",
    says: /^constitution\.md:\d+: nobody measures "Mood"; deploy\/src\/alerts\.ts knows how to\.$/,
  },
  {
    what: "a sentence in other words",
    from: "a service is not ready for 1 minute",
    to: "a service sleeps for long",
    says: /^constitution\.md:\d+: "a service sleeps for long" is not worded as /,
  },
  {
    what: "a row that is gone",
    from: "| Outbox | the oldest unpublished event is older than 1 minute |\n",
    to: "",
    says: /^constitution\.md: the table "Service Levels" has no row "Outbox"\.$/,
  },
])("$what is refused with its line", ({ from, to, says }) => {
  expect(constitution).toContain(from);
  expect(() => readServiceLevels("constitution.md", constitution.replace(from, to))).toThrow(says);
});
