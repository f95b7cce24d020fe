import { silentLog } from "@speckit/service-kit/testing";
import { expect, test } from "vitest";
import { repeat } from "../src/repeat.ts";

test("work is done now and again, also after it failed, and not after the stop", async () => {
  let turns = 0;
  const repeated = repeat(
    "counting",
    1,
    async () => {
      turns += 1;
      throw new Error("The database does not answer.");
    },
    silentLog(),
  );
  await expect.poll(() => turns, { timeout: 30_000 }).toBeGreaterThan(2);
  await repeated.stop();
  const stoppedAt = turns;
  await new Promise((resolve) => setImmediate(resolve));
  expect(turns).toBe(stoppedAt);
});

test("the stop waits for the work that is under way", async () => {
  let finish = () => {};
  let isDone = false;
  const work = async () => {
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    isDone = true;
  };
  const stopping = repeat("waiting", 1, work, silentLog()).stop();
  finish();
  await stopping;
  expect(isDone).toBe(true);
});
