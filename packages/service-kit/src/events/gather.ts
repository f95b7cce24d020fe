import type { Pace } from "../pace.ts";

/**
 * Turns work on single items into work on many: what arrives while `work` is under way waits, and goes into the next call together, in the
 * order it came, at most `most` at once. A quiet time has calls with one item and no delay; a busy one has few calls with many, fewer yet with
 * a `pace`.
 */
export function gather<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
  { most, pace }: { readonly most: number; readonly pace?: Pace },
): (item: Item) => Promise<Result> {
  const waiting: { item: Item; settle(result: PromiseSettledResult<Result>): void }[] = [];
  let working = false;

  const workOff = async () => {
    working = true;
    // What arrives in the same turn belongs together.
    await Promise.resolve();
    while (waiting.length > 0) {
      await pace?.ready();
      const group = waiting.splice(0, most);
      const results = await work(group.map(({ item }) => item)).catch((reason: unknown) =>
        group.map(() => ({ status: "rejected" as const, reason })),
      );
      for (const [index, { settle }] of group.entries())
        settle(results[index] as PromiseSettledResult<Result>);
    }
    working = false;
  };

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      const settle = (result: PromiseSettledResult<Result>) =>
        result.status === "fulfilled" ? resolve(result.value) : reject(result.reason);
      waiting.push({ item, settle });
      if (!working) void workOff();
    });
}
