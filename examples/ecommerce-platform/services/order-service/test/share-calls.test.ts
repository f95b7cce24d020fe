import { describe, expect, test } from "vitest";
import { shareCalls } from "../src/share-calls.ts";

/** A service that answers when told to, each question with the number of the call. */
function slowService(most = 10) {
  const calls: { questions: readonly string[]; answer(): void; fail(): void }[] = [];
  const askMany = shareCalls((questions: readonly string[]) => {
    const number = calls.length + 1;
    return new Promise<Map<string, number>>((resolve, reject) => {
      calls.push({
        questions,
        answer: () => resolve(new Map(questions.map((question) => [question, number]))),
        fail: () => reject(new Error(`call ${number} failed`)),
      });
    });
  }, most);
  /** Which call answered. */
  const ask = async (...questions: string[]) => {
    const answers = await askMany(questions);
    return questions.map((question) => answers.get(question));
  };
  return { ask, calls };
}

const settled = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

describe("shared calls", () => {
  test("whoever asks while a call is under way shares the next one", async () => {
    const { ask, calls } = slowService();

    const first = ask("TEA-100");
    const waiting = [ask("TEA-100"), ask("MUG-001", "TEA-100"), ask("POT-300")];
    expect(calls).toHaveLength(1);
    calls[0]?.answer();
    expect(await first).toEqual([1]);
    await settled();
    calls[1]?.answer();

    expect(await Promise.all(waiting)).toEqual([[2], [2, 2], [2]]);
    expect(calls.map(({ questions }) => questions)).toEqual([["TEA-100"], ["TEA-100", "MUG-001", "POT-300"]]);
  });

  test("no answer is older than its question, however long they keep coming", async () => {
    const { ask, calls } = slowService();
    const answers: Promise<unknown>[] = [];

    for (let round = 0; round < 5; round++) {
      answers.push(ask("TEA-100"), ask("TEA-100"));
      calls.at(-1)?.answer();
      await settled();
    }
    calls.at(-1)?.answer();

    // Those of a later round came while a call was under way, so they share the one after it.
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 3, 4, 4, 5, 5, 6, 6].map((call) => [call]));
  });

  test("more than fit into a call do not wait", () => {
    const { ask, calls } = slowService(2);

    void ask("TEA-100");
    void ask("MUG-001", "POT-300");
    void ask("CUP-007");
    void ask("MUG-001");

    expect(calls.map(({ questions }) => questions)).toEqual([["TEA-100"], ["CUP-007"]]);
  });

  test("nothing waits in vain for a call that is too small for what was asked", async () => {
    const { ask, calls } = slowService(2);

    const first = ask("TEA-100");
    void ask("MUG-001", "POT-300", "CUP-007");
    calls[0]?.answer();
    await first;
    await settled();

    expect(calls.map(({ questions }) => questions)).toEqual([["TEA-100"], ["MUG-001", "POT-300", "CUP-007"]]);
  });

  test("an answer is not kept for those who come after it", async () => {
    const { ask, calls } = slowService();

    const first = ask("TEA-100");
    calls[0]?.answer();
    await first;
    const second = ask("TEA-100");
    calls[1]?.answer();

    expect(await second).toEqual([2]);
  });

  test("when a call fails those who wait fail with it, and the next starts afresh", async () => {
    const { ask, calls } = slowService();

    const outcomes = Promise.allSettled([ask("TEA-100"), ask("MUG-001")]);
    calls[0]?.fail();
    expect(await outcomes).toEqual(Array(2).fill({ status: "rejected", reason: new Error("call 1 failed") }));
    const after = ask("TEA-100");
    calls[1]?.answer();

    expect(await after).toEqual([2]);
  });
});
