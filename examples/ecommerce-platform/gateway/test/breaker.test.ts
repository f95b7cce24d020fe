import { expect, test } from "vitest";
import { createBreaker } from "../src/breaker.ts";

/** `fail` and `succeed` tell what became of a call, `ask` asks to make one, a number is a pause in ms. Returns what was answered to `ask`. */
function answers(steps: readonly ("fail" | "succeed" | "ask" | number)[]): number[] {
  let now = 0;
  const breaker = createBreaker({ failures: 3, pauseMs: 2000, clock: () => now });
  const waits: number[] = [];
  for (const step of steps) {
    if (step === "fail") breaker.failed();
    else if (step === "succeed") breaker.succeeded();
    else if (step === "ask") waits.push(breaker.secondsToWait());
    else now += step;
  }
  return waits;
}

test.each([
  { given: "a service that answers", steps: ["succeed", "ask"], waits: [0] },
  { given: "two failures", steps: ["fail", "fail", "ask"], waits: [0] },
  { given: "failures with an answer between", steps: ["fail", "fail", "succeed", "fail", "ask"], waits: [0] },
  { given: "three failures in a row", steps: ["fail", "fail", "fail", "ask", 1500, "ask"], waits: [2, 1] },
  {
    given: "the pause over: one call tries",
    steps: ["fail", "fail", "fail", 2000, "ask", "ask"],
    waits: [0, 2],
  },
  { given: "the try failed", steps: ["fail", "fail", "fail", 2000, "ask", "fail", "ask"], waits: [0, 2] },
  {
    given: "the try succeeded",
    steps: ["fail", "fail", "fail", 2000, "ask", "succeed", "ask"],
    waits: [0, 0],
  },
  {
    given: "nothing heard of the try",
    steps: ["fail", "fail", "fail", 2000, "ask", 2000, "ask"],
    waits: [0, 0],
  },
] as const)("after $given, calls wait $waits seconds", ({ steps, waits }) => {
  expect(answers(steps)).toEqual(waits);
});
