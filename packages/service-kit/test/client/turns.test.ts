import { setImmediate as nextTick } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns, NoTurn } from "../../src/client/turns.ts";

/** Work that goes on until the test ends it. */
function openWork() {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () =>
    new Promise<string>((resolve, reject) => {
      begun.push(name);
      ends.set(name, (error) => (error ? reject(error) : resolve(name)));
    });
  return { begun, work, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

test("so many go on at once, and the others follow in their order, also after one that failed", async () => {
  const { begun, work, end } = openWork();
  const inTurn = createTurns(2, 60_000);
  const calls = ["tea", "mug", "cup", "mat"].map((name) => inTurn(work(name)));
  expect(begun).toEqual(["tea", "mug"]);
  end("mug");
  await calls[1];
  await nextTick();
  expect(begun).toEqual(["tea", "mug", "cup"]);
  end("tea", new Error("broken"));
  await expect(calls[0]).rejects.toThrow("broken");
  await nextTick();
  expect(begun).toEqual(["tea", "mug", "cup", "mat"]);
  end("cup");
  end("mat");
  expect(await Promise.all(calls.slice(1))).toEqual(["mug", "cup", "mat"]);
});

test("whoever waits too long gives up, and takes nobody's turn", async () => {
  const { begun, work, end } = openWork();
  const inTurn = createTurns(1, 5);
  const first = inTurn(work("tea"));
  await expect(inTurn(work("mug"))).rejects.toThrow(NoTurn);
  end("tea");
  await first;
  const last = inTurn(work("cup"));
  end("cup");
  expect(await last).toBe("cup");
  expect(begun).toEqual(["tea", "cup"]);
});
