import { expect, test } from "vitest";
import { newFleet } from "../new-fleet.mjs";

/** It installs packages and starts databases; how long that takes is for the reader of its output. */
const patienceMs = 900_000;

test(
  "from an empty folder the walkthrough gives two services that run, and say what nobody has written",
  async () => {
    expect(await newFleet([])).toBe(0);
  },
  patienceMs,
);

test("a folder that is not empty is left as it is", async () => {
  expect(await newFleet([import.meta.dirname])).toBe(2);
});
