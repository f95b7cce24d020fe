import { readEventContracts } from "@speckit/service-kit";
import { beforeAll, describe, expect, test } from "vitest";
import { troubles } from "../../src/faults/runs/troubles.ts";
import type { Driver } from "../../src/faults/servers/open-servers.ts";
import { runFaultsProgram } from "./run-program.ts";

const minuteMs = 60_000;
const { events } = readEventContracts(`${import.meta.dirname}/../../..`);
const received = events.flatMap(({ consumers, type }) => consumers.map((consumer) => `${consumer}, ${type}`));

/** Lets everything go wrong once on one driver, and reads the table. Slow machines have longer to settle; what is stuck stays so. */
export function holdUnderFaults(driver: Driver): void {
  let code: number | string;
  let text: string;
  beforeAll(async () => {
    const program = runFaultsProgram([
      "--driver",
      driver,
      "--seed",
      "11",
      "--together",
      "25",
      "--settle",
      "60",
    ]);
    code = await program.ended();
    text = program.said();
  }, 15 * minuteMs);

  test("nothing is lost, nothing is doubled, nothing is stuck", () => {
    expect(code, text).toBe(0);
    expect(text).toContain("Nothing lost, nothing doubled, nothing stuck.");
  });

  const possible = troubles.filter((trouble) => (trouble.driver ?? driver) === driver);
  describe("customers order meanwhile, and all is well with", () => {
    test.each(
      possible.map(({ name, staysOpen }) => ({ name, as: staysOpen ? "; no order is refused" : "" })),
    )("$name$as", ({ name }) => {
      expect(rowsOf(text), text).toContainEqual([name, "1", "·", "·", "·"]);
    });

    test("each service killed before and after it publishes, and after it has noted that", () => {
      const rows = rowsOf(text).filter(([name]) => name?.startsWith("relay."));
      expect(rows, text).toHaveLength(3 * new Set(events.map(({ producer }) => producer)).size);
      expect(rows.filter(([, ...numbers]) => numbers.join("") !== "1···")).toEqual([]);
    });

    test("each consumer killed before, in and after the handling of each of its events", () => {
      const steps = ["before-transaction", "before-commit", "after-commit", "after-ack"];
      const rows = rowsOf(text).filter(([name = ""]) => steps.includes(name));
      expect(rows, text).toHaveLength(steps.length * received.length);
      expect(rows.filter(([, ...numbers]) => numbers.join("") !== "1···")).toEqual([]);
    });

    test.each([
      "place-order.before-commit",
      "place-order.after-commit",
      "mail.before-send",
      "mail.after-send",
      "mail.after-note",
    ])("a service killed at %s", (name) => {
      expect(rowsOf(text), text).toContainEqual([name, "1", "·", "·", "·"]);
    });
  });
}

/** Name and numbers of each line that has numbers. */
function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^ +(\S.*?) +(\d+) +(\S+) +(\S+) +(\S+)$/gm)].map(([, ...cells]) => cells);
}
