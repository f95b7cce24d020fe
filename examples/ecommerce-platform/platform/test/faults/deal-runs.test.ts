import { describe, expect, test } from "vitest";
import { dealRuns, pointsPerRunFor, type RunPlan, runsForAll } from "../../src/faults/plan/deal-runs.ts";

const points = [
  "order-service/relay.before-publish",
  "order-service/relay.after-publish",
  "order-service/place-order.after-commit",
  "inventory-service/relay.after-mark",
  "notification-service/mail.after-send",
];
const troubles = ["PostgreSQL killed", "mail server away"];
const deal = { points, troubles, runs: 7, pointsPerRun: 1, seed: 7 };

const namesOf = (plans: readonly RunPlan[]) =>
  plans.flatMap((plan) => [
    ...plan.points.map(({ point }) => point),
    ...(plan.trouble ? [plan.trouble] : []),
  ]);

describe("what goes wrong is dealt like cards", () => {
  test.each([
    { given: "a run for each", runs: 7, times: 1 },
    { given: "three runs for each", runs: 21, times: 3 },
  ])("with $given everything has its turn $times times", ({ runs, times }) => {
    const dealt = namesOf(dealRuns({ ...deal, runs }));
    expect(dealt).toHaveLength(7 * times);
    for (const name of [...points, ...troubles]) {
      expect(dealt.filter((other) => other === name)).toHaveLength(times);
    }
  });

  test("nothing comes again before everything else had its turn", () => {
    const dealt = namesOf(dealRuns({ ...deal, runs: 14 }));
    expect(new Set(dealt.slice(0, 7)).size).toBe(7);
  });

  test("several points share a run when they may, and troubles never", () => {
    const plans = dealRuns({ ...deal, pointsPerRun: 3, runs: 4 });
    expect(plans.map((plan) => namesOf([plan]).length).sort()).toEqual([1, 1, 2, 3]);
    expect(new Set(namesOf(plans)).size).toBe(7);
    expect(runsForAll({ ...deal, pointsPerRun: 3 })).toBe(4);
  });

  test.each([
    { given: "a run for each", runs: 7, pointsPerRun: 1 },
    { given: "more than a run for each", runs: 200, pointsPerRun: 1 },
    { given: "fewer", runs: 4, pointsPerRun: 3 },
    { given: "one beside the troubles", runs: 3, pointsPerRun: 5 },
  ])("with $given everything has its turn within the runs there are", ({ runs, pointsPerRun }) => {
    expect(pointsPerRunFor({ ...deal, runs })).toBe(pointsPerRun);
    expect(new Set(namesOf(dealRuns({ ...deal, runs, pointsPerRun }))).size).toBe(7);
  });

  test("runs that do not even suffice for the troubles take one point each", () => {
    expect(pointsPerRunFor({ ...deal, runs: 2 })).toBe(1);
  });

  test("points know their service, and which passing is deadly", () => {
    for (const { service, point, hit } of dealRuns(deal).flatMap((plan) => plan.points)) {
      expect(point.startsWith(`${service}/`)).toBe(true);
      expect([1, 2, 3]).toContain(hit);
    }
  });

  test("the same seed deals the same, another one something else", () => {
    expect(dealRuns(deal)).toEqual(dealRuns(deal));
    expect(namesOf(dealRuns(deal))).not.toEqual(namesOf(dealRuns({ ...deal, seed: 8 })));
  });

  test("each run has choices of its own", () => {
    const seeds = dealRuns({ ...deal, runs: 50 }).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(50);
  });

  test("nothing to go wrong is no run", () => {
    expect(dealRuns({ ...deal, points: [], troubles: [] })).toEqual([]);
  });
});
