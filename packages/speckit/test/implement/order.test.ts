import { describe, expect, test } from "vitest";
import { orderTasks } from "../../src/authoring/implement/order.ts";
import { nextStep, progressOf } from "../../src/authoring/implement/progress.ts";
import { parseTaskList } from "../../src/parse/task-list.ts";

const parsed = (text: string) => parseTaskList({ file: "tasks.md", text, bytes: text.length });

/** Ids in their order, or why there is none. */
function orderOf(text: string): string[] | string {
  const order = orderTasks(parsed(text));
  return order.kind === "ordered"
    ? order.steps.map(({ task }) => task.id)
    : `${order.at.line}: ${order.message}`;
}

const task = (id: string, dependencies = "None", files = "src/a.ts") =>
  `### Task ${id}: Something\n- File: ${files}\n- Dependencies: ${dependencies}\n`;

describe("the order of tasks", () => {
  test.each([
    { given: "no dependencies", text: task("1.1") + task("1.2") + task("2.1"), order: ["1.1", "1.2", "2.1"] },
    {
      given: "a task that waits for a later one",
      text: task("1.1", "Task 1.3") + task("1.2") + task("1.3"),
      order: ["1.2", "1.3", "1.1"],
    },
    {
      given: "all implementation complete",
      text: `## Phase 1: A\n${task("1.1")}${task("1.2", "Task 2.1")}## Phase 2: B\n${task("2.1")}## Phase 4: Deployment\n${task("4.1", "All implementation complete")}${task("4.2", "Task 4.1")}`,
      order: ["1.1", "2.1", "1.2", "4.1", "4.2"],
    },
    {
      given: "all, in the first phase: what stands above it",
      text: `## Phase 1: A\n${task("1.1", "Task 1.3")}${task("1.2", "All tasks above")}${task("1.3")}`,
      order: ["1.3", "1.1", "1.2"],
    },
    {
      given: "packages among the dependencies",
      text: task("1.1", "fastapi, uvicorn") + task("1.2", "redis, Task 1.1"),
      order: ["1.1", "1.2"],
    },
    {
      given: "boxes, with a range",
      text: "- [ ] T003 [P] C in `c.ts` (depends on T001-T002)\n- [ ] T001 A in `a.ts`\n- [x] T002 B in `b.ts`\n",
      order: ["T001", "T002", "T003"],
    },
    {
      given: "ids written with fewer digits, and ids of parts",
      text: "- [ ] T010 X in `x.ts` (depends on T9)\n- [ ] T009 Y in `y.ts` (depends on T030)\n- [ ] T030.1 Z in `z.ts`\n- [ ] T030.2 Z in `w.ts`\n",
      order: ["T030.1", "T030.2", "T009", "T010"],
    },
  ])("given $given", ({ text, order }) => {
    expect(orderOf(text)).toEqual(order);
  });

  test.each([
    {
      given: "a circle",
      text: task("1.1", "Task 1.3") + task("1.2", "Task 1.1") + task("1.3", "Task 1.2"),
      says: "1: These tasks wait for each other: Task 1.1 → Task 1.3 → Task 1.2 → Task 1.1. Take out one of the dependencies.",
    },
    {
      given: "a task that waits for itself",
      text: task("1.1") + task("1.2", "Task 1.2"),
      says: "4: These tasks wait for each other: Task 1.2 → Task 1.2. Take out one of the dependencies.",
    },
    {
      given: "a circle through all",
      text: `## Phase 1: A\n${task("1.1", "Task 2.1")}## Phase 2: B\n${task("2.1", "All implementation complete")}`,
      says: "2: These tasks wait for each other: Task 1.1 → Task 2.1 → Task 1.1. Take out one of the dependencies.",
    },
    {
      given: "an id that nobody has",
      text: task("1.1") + task("1.2", "Task 9.9"),
      says: "6: Task 1.2 depends on Task 9.9, and there is no such task. Correct the id, or write the task that is missing.",
    },
    {
      given: "an id that two have",
      text: task("1.1") + task("1.1"),
      says: "4: Task 1.1 is there twice, in lines 1 and 4. Give one of them another id.",
    },
  ])("there is none given $given", ({ text, says }) => {
    expect(orderOf(text)).toBe(says);
  });

  test("ten thousand tasks: each waiting for the one below it, and for all before it", () => {
    const count = 9999;
    const lines = Array.from({ length: count }, (_, index) =>
      index + 1 < count
        ? `- [ ] T${index + 1} X in \`a.ts\` (depends on T${index + 2})`
        : `- [ ] T${count} X in \`a.ts\``,
    );
    expect(orderOf(lines.join("\n"))).toEqual(
      Array.from({ length: count }, (_, index) => `T${count - index}`),
    );
    const phases = Array.from(
      { length: Math.ceil(count / 10) },
      (_, phase) =>
        `## Phase ${phase}: P\n${Array.from({ length: 10 }, (__, index) => task(`${phase}.${index}`, "All implementation complete")).join("")}`,
    ).join("");
    expect(orderOf(phases)).toHaveLength(10_000);
  });
});

test("what is dropped is waited for no more, and what is left aside is not next", () => {
  const list = parsed(
    "- [x] T001 A in `a.ts`\n- [-] T002 B in `b.ts`\n- [ ] T003 C in `c.ts` (depends on T001, T002)\n- [ ] T004 D in `d.ts` (depends on T003)\n- [ ] T005 E in `e.ts`\n",
  );
  const order = orderTasks(list);
  if (order.kind !== "ordered") throw new Error(order.message);
  const progress = progressOf(order.steps, list.tasks);
  expect(nextStep(progress)?.task.id).toBe("T003");
  expect(nextStep(progress, new Set(["T003"]))?.task.id).toBe("T005");
  expect(order.steps.map((step) => progress.openBefore(step))).toEqual([[], [], [], ["T003"], []]);
});
