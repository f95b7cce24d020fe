import { expect, test } from "vitest";
import { untilNothingLeft } from "../../src/faults/until.ts";

/** Tells one number after the other, the last again and again. */
function told(numbers: readonly (number | string)[]): () => Promise<number> {
  const next = numbers[Symbol.iterator]();
  let now = numbers[0];
  return async () => {
    now = next.next().value ?? now;
    if (typeof now !== "number") throw new Error("does not answer");
    return now;
  };
}

test.each([
  { case: "nothing left", numbers: [0], done: true },
  {
    case: "less and less, for longer than the patience",
    numbers: [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
    done: true,
  },
  { case: "a question that fails", numbers: [3, "fails", "fails", 0], done: true },
  { case: "more before it becomes less", numbers: [3, 4, 5, 6, 7, 8, 9, 10, 5, 0], done: true },
  { case: "the same all the time", numbers: [3], done: false },
  {
    case: "up and down",
    numbers: [3, ...Array.from({ length: 200 }, (_, at) => 3 + (at % 2)), 0],
    done: false,
  },
  { case: "no answer at all", numbers: ["fails"], done: false },
])("$case: $done", async ({ numbers, done }) => {
  // Patience that ends is short; patience that has to last bears a slow machine.
  const patience = done ? { patienceMs: 1000, everyMs: 120 } : { patienceMs: 120, everyMs: 20 };
  expect(await untilNothingLeft(told(numbers), patience)).toBe(done);
});
