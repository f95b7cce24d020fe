import { expect, test } from "vitest";
import { readFaultsLine } from "../../src/faults/options.ts";

const read = (...args: string[]) => readFaultsLine(args, () => 42);
const calm = {
  kind: "run",
  driver: "embedded",
  runs: undefined,
  seed: 42,
  pointsPerRun: undefined,
  only: undefined,
  settleMs: 10_000,
};

test.each([
  { line: [], read: calm },
  {
    line: ["--runs", "200", "--seed", "7", "--driver", "rabbit"],
    read: { ...calm, driver: "rabbit", runs: 200, seed: 7 },
  },
  { line: ["--list", "--driver=rabbit"], read: { ...calm, kind: "list", driver: "rabbit" } },
  {
    line: ["--only", "relay.after-publish", "--seed", "0"],
    read: { ...calm, only: "relay.after-publish", seed: 0 },
  },
  { line: ["--together", "25", "--settle", "60"], read: { ...calm, pointsPerRun: 25, settleMs: 60_000 } },
])("$line is understood", ({ line, read: expected }) => {
  expect(read(...line)).toEqual(expected);
});

test.each([
  { line: ["--driver", "kafka"], says: '--driver is "kafka", which is neither embedded nor rabbit.' },
  { line: ["--runs", "0"], says: '--runs is "0", which is no number from 1 on.' },
  { line: ["--seed", "-1"], says: "--help lists the options." },
  { line: ["--seed", "tea"], says: '--seed is "tea", which is no number from 0 on.' },
  { line: ["--together", "1.5"], says: '--together is "1.5", which is no number from 1 on.' },
  { line: ["--settle", "0"], says: '--settle is "0", which is no number from 1 on.' },
  { line: ["--rnus", "3"], says: "--help lists the options." },
])("$line is refused with a reason", ({ line, says }) => {
  const command = read(...line);
  expect(command.kind === "wrong" && command.message).toContain(says);
});

test("the help names every option, in 80 columns", () => {
  const command = read("--help");
  const text = command.kind === "help" ? command.text : "";
  for (const option of ["--driver", "--runs", "--seed", "--only", "--together", "--settle", "--list"]) {
    expect(text).toContain(`  ${option}`);
  }
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});
