import { expect, test } from "vitest";
import { createUndoing } from "../src/undoing.ts";

function noting() {
  const done: string[] = [];
  const undoing = createUndoing();
  const add = (name: string, more: { together?: boolean; fails?: boolean } = {}) =>
    undoing.add({
      together: more.together ?? false,
      async undo() {
        done.push(`${name} begins`);
        await new Promise(setImmediate);
        if (more.fails) throw new Error(`${name} fails`);
        done.push(`${name} ends`);
      },
      atOnce: () => done.push(`${name} now`),
    });
  return { done, undoing, add };
}

test("what was started last ends first, and neighbours that may end together do", async () => {
  const { done, undoing, add } = noting();
  add("postgres");
  add("auth", { together: true });
  add("order", { together: true });
  add("gateway");
  await undoing.undo();
  expect(done).toEqual([
    "gateway begins",
    "gateway ends",
    "order begins",
    "auth begins",
    "order ends",
    "auth ends",
    "postgres begins",
    "postgres ends",
  ]);
});

test("what fails to end keeps nothing else from ending, and is told", async () => {
  const { done, undoing, add } = noting();
  add("postgres");
  add("auth", { fails: true });
  await expect(undoing.undo()).rejects.toThrow("auth fails");
  expect(done).toEqual(["auth begins", "postgres begins", "postgres ends"]);
});

test("twice is once", async () => {
  const { done, undoing, add } = noting();
  add("postgres");
  await Promise.all([undoing.undo(), undoing.undo()]);
  expect(done).toEqual(["postgres begins", "postgres ends"]);
});

test("at once waits for nothing", () => {
  const { done, undoing, add } = noting();
  add("postgres");
  add("gateway");
  undoing.atOnce();
  expect(done).toEqual(["gateway now", "postgres now"]);
});
