import { describe, expect, test } from "vitest";
import type { Task } from "../src/model/task-list.ts";
import { parseTaskList } from "../src/parse/task-list.ts";

const read = (text: string) => parseTaskList({ file: "tasks.md", text, bytes: text.length });
const only = (text: string): Task => {
  const [task, ...others] = read(text).tasks;
  if (!task || others.length > 0) throw new Error(`${others.length + (task ? 1 : 0)} tasks instead of one`);
  return task;
};
const ids = (text: string) => read(text).tasks.map(({ id }) => id);

describe("the line that begins a task", () => {
  test.each<[line: string, expected: Partial<Task>]>([
    [
      "- [ ] T001 [P] [US1] Write it",
      { id: "T001", parallel: true, stories: ["US1"], state: "open", title: "Write it" },
    ],
    ["- [x] T001 Write it", { id: "T001", parallel: false, stories: [], state: "done" }],
    [
      "* [X] **T001** [US2] [P] Write it",
      { id: "T001", parallel: true, stories: ["US2"], state: "done", title: "Write it" },
    ],
    ["- [ ] `T001` Write it", { id: "T001", title: "Write it" }],
    ["- [ ] [T001] [US1, US2] Write it", { id: "T001", stories: ["US1", "US2"], title: "Write it" }],
    ["- [ ] T019A: Write it", { id: "T019A", title: "Write it" }],
    ["- [ ] T030.2 Write it", { id: "T030.2" }],
    ["- [ ] T040-MIN [P] Write it", { id: "T040-MIN", parallel: true }],
    ["- [x] T-HF01 **Fix it** now", { id: "T-HF01", title: "Fix it now" }],
    ["- [ ] 1.1 Write it", { id: "1.1", title: "Write it" }],
    ["- [-] T001 Write it", { state: "dropped" }],
    ["- [~] T001 Write it", { state: "dropped" }],
    ["- [x] ~~T001~~ [P] ~~Write it~~ not needed", { id: "T001", state: "dropped", parallel: true }],
    ["- [X] SKIP: T039 (logging)", { id: "T039", state: "dropped" }],
    ["### Task 1.1: Project Setup", { id: "1.1", title: "Project Setup", state: "open" }],
    ["### ✅ T101 Crear el modelo", { id: "T101", title: "Crear el modelo", state: "done" }],
    ["- T001: Write it", { id: "T001", title: "Write it", state: "open" }],
    ["| Task | What |\n|---|---|\n| T001 | Write it |", { id: "T001", title: "Write it" }],
  ])("%s", (line, expected) => {
    expect(only(`# Tasks\n\n${line}\n`)).toMatchObject(expected);
  });

  test.each([
    ["a legend", "- [P] tasks = different files, no dependencies"],
    ["a pattern", "- `- [ ] T001 [P] Description` is how a task looks"],
    ["code", "```text\n- [ ] T001 Write it\n```"],
    ["a comment", "<!--\n- [ ] T001 Write it\n-->"],
    ["a range", "- [x] T030.2~T030.6: see above"],
    ["a summary", "| Phase | Tasks |\n|---|---|\n| Setup | T001-T004 |"],
    ["a numbered section", "### 1.1 Goals"],
    ["a sentence", "- T001 and T002 can run in parallel"],
  ])("%s is no task", (_, text) => {
    expect(ids(`# Tasks\n\n- [ ] T900 A real one\n\n## Notes\n\n${text}\n`)).toEqual(["T900"]);
  });

  test("boxes without ids are tasks where no task has one", () => {
    expect(ids("# Tasks\n\n- [x] Write it\n- [ ] Test it\n")).toEqual(["#1", "#2"]);
    expect(ids("# Tasks\n\n- [x] T001 Write it\n\n## Check list\n\n- [ ] All tasks are numbered\n")).toEqual([
      "T001",
    ]);
  });

  test("the place is that of the title's line", () => {
    expect(read("# Tasks\n\nText.\n\n  - [ ] T001 Write it\n").tasks[0]?.at).toEqual({
      file: "tasks.md",
      line: 5,
      column: 5,
    });
  });
});

describe("what a task waits for", () => {
  const dependencies = (line: string) => {
    const { tasks, packages, all } = only(
      `### Task 4.1: Dockerfile\n- File: Dockerfile\n${line}\n`,
    ).dependencies;
    return { tasks: tasks.map(({ text }) => text), packages, all };
  };

  test.each([
    ["- Dependencies: fastify, @fastify/cors, pg>=8", { packages: ["fastify", "@fastify/cors", "pg>=8"] }],
    ["- Dependencies: Task 1.1, Task 2.3", { tasks: ["1.1", "2.3"] }],
    ["- Dependencies: 1.1, 2.3", { tasks: ["1.1", "2.3"] }],
    ["- Dependencies: All implementation complete", { all: true }],
    ["- Dependencies: None", {}],
    ["- **Depends on**: T001 (the schema, with its indexes), T004", { tasks: ["T001", "T004"] }],
    ["- 依赖：T004、T007", { tasks: ["T004", "T007"] }],
    ["- **Dependencias**: T101", { tasks: ["T101"] }],
    ["- Dependencies: Task 1.1, fastify", { tasks: ["1.1"], packages: ["fastify"] }],
  ])("%s", (line, expected) => {
    expect(dependencies(line)).toEqual({ tasks: [], packages: [], all: false, ...expected });
  });

  test.each([
    ["Write it (depends on T001, T002)", ["T001", "T002"]],
    ["Write it in src/a.ts. Depends on T003 and T005", ["T003", "T005"]],
    ["Write it (depends on T038-T040)", ["T038", "T039", "T040"]],
    ["Write it, after T004", ["T004"]],
    ["Write it (依赖 T014)", ["T014"]],
    ["Write it\n  - 依赖：T004（复用）", ["T004"]],
    ["Install dependencies of T005", []],
  ])("in the text: %s", (text, expected) => {
    const task = only(`# Tasks\n\n- [ ] T900 ${text}\n`);
    expect(task.dependencies.tasks.map((marker) => marker.text)).toEqual(expected);
  });
});

describe("the rest of a task", () => {
  const task = only(`## Phase 4: Deployment

### Task 4.2: Health Check Endpoint
- File: src/api/health.py, tests/test_health.py
- Dependencies: Task 4.1
- Type: [Test] → Implementation
- Acceptance: GET /health returns 200; \`npm run build\` passes
- Covers: P1: Health, FR-002, \`order.created\`, \`getHealth\`
`);

  test("its fields", () => {
    expect(task).toMatchObject({
      files: ["src/api/health.py", "tests/test_health.py"],
      type: "[Test] → Implementation",
      phase: 0,
      covers: ["FR-002", "P1", "order.created", "getHealth"],
    });
  });

  test("how it shows that it is done", () => {
    expect(task.acceptance).toMatchObject({
      text: "GET /health returns 200; npm run build passes",
      commands: ["npm run build"],
      requests: [{ method: "GET", path: "/health" }],
      at: { line: 7 },
    });
  });

  test.each([
    ["Write src/models/user.py and `package.json`", ["src/models/user.py", "package.json"]],
    ["Write `frontend/src/app/[id]/page.tsx`:12", ["frontend/src/app/[id]/page.tsx"]],
    ["於 frontend/tests/unit/types.spec.ts 撰寫", ["frontend/tests/unit/types.spec.ts"]],
    ["See https://example.com/a/b.html and call `Order.total`", []],
    ["Add GET /api/v1/orders to the docs", []],
  ])("files in the text: %s", (text, files) => {
    expect(only(`- [ ] T001 ${text}\n`).files).toEqual(files);
  });

  test("what it covers is read from the text too", () => {
    expect(only("- [ ] T001 [US1] Contract test for GET /api/v1/orders (FR-003)\n").covers).toEqual([
      "US1",
      "FR-003",
      "GET /api/v1/orders",
    ]);
  });
});

describe("phases", () => {
  const list = read(`# Tasks: Orders

## Phase 1: Setup

- [ ] T001 One

## Phase 2: User Story 1 - Place (P1)

### Tests

- [ ] T002 Two

## Polish

- [ ] T003 Three

## Notes

Nothing.
`);

  test("numbered phases, and chapters that have tasks", () => {
    expect(list.phases.map(({ title, stories }) => [title, stories])).toEqual([
      ["Phase 1: Setup", []],
      ["Phase 2: User Story 1 - Place (P1)", ["US1"]],
      ["Polish", []],
    ]);
    expect(list.tasks.map(({ phase }) => phase)).toEqual([0, 1, 2]);
  });
});

test.each([
  { status: "done", state: "done" },
  { status: "✅ Done", state: "done" },
  { status: "**Completed** in May", state: "done" },
  { status: "完成", state: "done" },
  { status: "**pending**", state: "open" },
  { status: "_in progress_", state: "open" },
  { status: "*", state: "open" },
  { status: "donated", state: "open" },
  { status: "**Skipped**", state: "dropped" },
])("a task whose status is $status is $state", ({ status, state }) => {
  expect(only(`### Task 1.1: Write it\n- Status: ${status}\n`).state).toBe(state);
});

describe("stated totals", () => {
  test.each([
    ["**Total Tasks**: 94", [["tasks", 94]]],
    ["**Total**: 113 tasks", [["tasks", 113]]],
    ["**总任务数**: 52", [["tasks", 52]]],
    ["**合計タスク数**: 47", [["tasks", 47]]],
    ["- Total: 23 tasks across 5 phases", [["tasks", 23]]],
    [
      "- **Completed**: 12/40",
      [
        ["done", 12],
        ["tasks", 40],
      ],
    ],
    ["| Metric | Value |\n|---|---|\n| Total tasks | 124 |", [["tasks", 124]]],
    ["| Phase | Tasks |\n|---|---|\n| **Total** | **7** |", [["tasks", 7]]],
    ["**Total effort**: ~34 hours", []],
    ["- 总任务数: T001-T037", []],
  ])("%s", (text, expected) => {
    expect(read(`# Tasks\n\n${text}\n`).totals.map(({ of, count }) => [of, count])).toEqual(expected);
  });

  test("those of one phase are not the list's", () => {
    expect(
      read("# Tasks\n\n## Phase 1: Setup\n\nTotal tasks: 3\n\n## Summary\n\nTotal tasks: 9\n").totals,
    ).toMatchObject([{ count: 9 }]);
  });
});
