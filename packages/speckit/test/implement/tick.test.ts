import { expect, test } from "vitest";
import { tick } from "../../src/authoring/implement/tick.ts";
import { parseTaskList } from "../../src/parse/task-list.ts";

const parsed = (text: string) => parseTaskList({ file: "tasks.md", text, bytes: text.length });

test.each([
  {
    form: "a heading without a box",
    before:
      "# Tasks\r\n\r\n### Task 1.1: Set-up\r\n- File: a.ts  \r\n\r\n### Task 1.2: Models\r\n- File: b.ts\r\n",
    id: "1.2",
    after:
      "# Tasks\r\n\r\n### Task 1.1: Set-up\r\n- File: a.ts  \r\n\r\n### [x] Task 1.2: Models\r\n- File: b.ts\r\n",
  },
  {
    form: "a heading with a box",
    before: "### [ ] Task 1.1: Set-up\n- File: a.ts",
    id: "1.1",
    after: "### [x] Task 1.1: Set-up\n- File: a.ts",
  },
  {
    form: "a heading with a field that says how far it is",
    before:
      "### Task 1.1: Set-up\n- **Status:** pending\n- File: a.ts\n### Task 1.2: B\n- **Status:** pending\n",
    id: "1.1",
    after: "### Task 1.1: Set-up\n- **Status:** done\n- File: a.ts\n### Task 1.2: B\n- **Status:** pending\n",
  },
  {
    form: "a heading with a field in another language",
    before: "### 任务 1.1：模型\n- 文件：a.ts\n- **状态**：待办\n",
    id: "1.1",
    after: "### 任务 1.1：模型\n- 文件：a.ts\n- **状态**：done\n",
  },
  {
    form: "a heading with words that look like a field",
    before: "### Task 1.1: Set-up\nStatus: [ ]\n",
    id: "1.1",
    after: "### [x] Task 1.1: Set-up\nStatus: [ ]\n",
  },
  {
    form: "boxes in a quotation",
    before: "> - [ ] T001 A in `a.ts`\n> - [ ] T002 B in `b.ts`\n",
    id: "T002",
    after: "> - [ ] T001 A in `a.ts`\n> - [x] T002 B in `b.ts`\n",
  },
  {
    form: "boxes, with a byte order mark",
    before: "\uFEFF- [ ] T001 [P] A in `a.ts`\n  - [ ] a step\n- [ ] **T002** B in `b.ts`\n",
    id: "T001",
    after: "\uFEFF- [x] T001 [P] A in `a.ts`\n  - [ ] a step\n- [ ] **T002** B in `b.ts`\n",
  },
  {
    form: "boxes, numbered",
    before: "1. [ ] T001 A in `a.ts`\n2. [ ] T002 B in `b.ts`\n",
    id: "T002",
    after: "1. [ ] T001 A in `a.ts`\n2. [x] T002 B in `b.ts`\n",
  },
  {
    form: "items without boxes: all get one, since items beside boxes are no tasks",
    before: "- T001 A in `a.ts`\n- T002: B in `b.ts`\n\nWords about T001.\n",
    id: "T002",
    after: "- [ ] T001 A in `a.ts`\n- [x] T002: B in `b.ts`\n\nWords about T001.\n",
  },
  {
    form: "a table with a column for it",
    before: "| Task | What | Status |\n| --- | --- | --- |\n| T001 | A | todo |\n| T002 | B | todo |\n",
    id: "T002",
    after: "| Task | What | Status |\n| --- | --- | --- |\n| T001 | A | todo |\n| T002 | B | done |\n",
  },
  {
    form: "a table without one",
    before: "| Task | What |\n| --- | --- |\n| T001 | A |\n| T002 | B |\n",
    id: "T001",
    after: "| Task | What |\n| --- | --- |\n| T001 | ✅ A |\n| T002 | B |\n",
  },
  {
    form: "tasks without ids",
    before: "- [ ] first\n- [ ] second\n",
    id: "#2",
    after: "- [ ] first\n- [x] second\n",
  },
])("$form", ({ before, id, after }) => {
  const { tasks } = parsed(before);
  const task = tasks.find((one) => one.id === id);
  if (!task) throw new Error(`There is no ${id}: ${tasks.map((one) => one.id)}`);
  expect(tick(before, task, tasks)).toBe(after);
  expect(parsed(after).tasks.map((one) => [one.id, one.state])).toEqual(
    tasks.map((one) => [one.id, one.id === id ? "done" : one.state]),
  );
});
