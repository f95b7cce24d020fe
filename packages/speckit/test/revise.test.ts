import { describe, expect, test } from "vitest";
import { recordOf, revise } from "../src/authoring/revise/revise.ts";

const story = (id: string, title: string) =>
  `### ${id}: ${title}\n**Given** a caller\n**When** they ask\n**Then** system answers\n`;
const requirement = (id: string, serves: string) => `- **${id}**: The service MUST do so (${serves})`;
const spec = (stories: readonly string[], requirements: readonly string[]) =>
  `# Orders\n\n## User Scenarios\n\n${stories.join("\n")}\n## Functional Requirements\n\n${requirements.join("\n")}\n`;
const drafted = spec(
  [story("P1", "Login"), story("P2", "Mail Down")],
  [requirement("FR-001", "P1: Login"), requirement("FR-002", "P2: Mail Down")],
);

describe("what a person took out of a specification", () => {
  const current = drafted.replace(story("P2", "Mail Down"), "");
  const next = spec(
    [story("P1", "Login"), story("P2", "Logout"), story("P3", "Mail Down")],
    [
      requirement("FR-001", "P1: Login"),
      requirement("FR-002", "P2: Logout"),
      requirement("FR-003", "P3: Mail Down"),
    ],
  );
  const { text, changes, record } = revise("spec", current, next, recordOf("spec", drafted));

  test("keeps its number: nothing else gets it, and nothing is demanded for it", () => {
    expect(text).toContain(story("P3", "Logout"));
    expect(text).not.toContain("### P2");
    expect(text).toContain("- **FR-002**: (removed) The service MUST do so (P2: Mail Down)");
    expect(text).toContain(requirement("FR-003", "P3: Logout"));
    expect(changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "dropped FR-002",
      "added P3: Logout",
      "added FR-003",
    ]);
  });

  test("stays out, and the same draft again changes nothing", () => {
    expect(revise("spec", text, next, record)).toMatchObject({ text, changes: [] });
  });
});

test.each([
  {
    given: "a person changed",
    change: (text: string) => text.replace("they ask", "they sign in"),
    stays: true,
  },
  { given: "nobody touched", change: (text: string) => text, stays: false },
])("the requirement of a story that $given and that is drafted no more: stays $stays", ({
  change,
  stays,
}) => {
  const next = spec([story("P1", "Mail Down")], [requirement("FR-001", "P1: Mail Down")]);
  const { text } = revise("spec", change(drafted), next, recordOf("spec", drafted));
  expect(text.includes("- **FR-001**: (removed)")).toBe(!stays);
  expect(text.includes("### P1: (removed) Login")).toBe(!stays);
  expect(text).toContain(requirement("FR-002", "P2: Mail Down"));
});

test("what the service claims by a scenario goes with it", () => {
  const claims = (...lines: readonly string[]) =>
    `### Service Boundary\n**Responsible for:**\n${lines.map((line) => `- ${line}\n`).join("")}\n`;
  const all = [story("P1", "Customer Place Orders"), story("P2", "Customer Cancel Orders")];
  const first = claims("Orders", "Place orders", "Cancel orders") + spec(all, []);
  const current = first.replace(all[1] ?? "", "");
  const { text, record } = revise("spec", current, first, recordOf("spec", first));
  expect(text).toContain(claims("Orders", "Place orders"));
  expect(revise("spec", text, first, record)).toMatchObject({ text, changes: [] });
});

describe("lists with a label", () => {
  const boundary = (does: readonly string[], not: readonly string[]) =>
    `# Orders\n\n### Service Boundary\n**Responsible for:**\n${does.map((text) => `- ${text}\n`).join("")}\n**NOT responsible for:**\n${not.map((text) => `- ${text}\n`).join("")}\n## Next\n\nText\n`;
  const before = boundary(["Orders"], ["Mails"]);

  test.each([
    {
      given: "a new item goes to the end of its own list",
      current: before,
      next: boundary(["Orders", "Returns"], ["Mails", "Payments"]),
      expected: boundary(["Orders", "Returns"], ["Mails", "Payments"]),
    },
    {
      given: "it stands behind what a person added",
      current: boundary(["Orders", "Carts"], ["Mails"]),
      next: boundary(["Returns", "Orders"], ["Mails"]),
      expected: boundary(["Orders", "Carts", "Returns"], ["Mails"]),
    },
    {
      given: "an item that takes the place of the only one",
      current: before,
      next: boundary(["Returns"], ["Mails"]),
      expected: boundary(["Returns"], ["Mails"]),
    },
    {
      given: "an item that a person moved does not draw others after it",
      current: boundary(["Carts"], ["Mails", "Orders"]),
      next: boundary(["Orders", "Returns"], ["Mails"]),
      expected: boundary(["Carts", "Returns"], ["Mails", "Orders"]),
    },
    {
      given: "a list whose label has other words is found by its items",
      current: before.replace("**Responsible for:**", "**Does:**"),
      next: boundary(["Orders", "Returns"], ["Mails"]),
      expected: boundary(["Orders", "Returns"], ["Mails"]).replace("**Responsible for:**", "**Does:**"),
    },
    {
      given: "nothing comes into a list that a person took out",
      current: "# Orders\n\n### Service Boundary\n**NOT responsible for:**\n- Mails\n\n## Next\n\nText\n",
      next: boundary(["Orders", "Returns"], ["Mails"]),
      expected: "# Orders\n\n### Service Boundary\n**NOT responsible for:**\n- Mails\n\n## Next\n\nText\n",
    },
  ])("$given", ({ current, next, expected }) => {
    const { text, record } = revise("spec", current, next, recordOf("spec", before));
    expect(text).toBe(expected);
    expect(revise("spec", text, next, record)).toMatchObject({ text, changes: [] });
  });
});

describe("tasks that move to new phases", () => {
  const task = (id: string, title: string) =>
    `### Task ${id}: ${title}\n- File: src/${title.toLowerCase()}.ts\n`;
  const list = (...parts: readonly string[]) => `# Tasks\n\n${parts.join("\n")}`;
  const before = list(
    "## Phase 1: Orders\n",
    task("1.1", "Place"),
    task("1.2", "Read"),
    "## Phase 2: Deployment\n",
    task("2.1", "Dockerfile"),
  );
  const next = list(
    "## Phase 1: Placing\n",
    task("1.1", "Tests of placing"),
    task("1.2", "Place"),
    task("1.3", "Rules of placing"),
    "## Phase 2: Reading\n",
    task("2.1", "Tests of reading"),
    task("2.2", "Read"),
    task("2.3", "Rules of reading"),
    "## Phase 3: Deployment\n",
    task("3.1", "Dockerfile"),
  );
  const ticked = before.replace("### Task 1.1", "### ✅ Task 1.1");

  test.each([
    { given: "nobody touched", current: before },
    { given: "one of which is done", current: ticked },
  ])("$given stay where they are, and the phases follow each other", ({ current }) => {
    const { text } = revise("tasks", current, next, recordOf("tasks", before));
    expect(Array.from(text.matchAll(/^##.*$/gm), ([line]) => line.replace("✅ ", ""))).toEqual([
      "## Phase 3: Placing",
      "### Task 3.1: Tests of placing",
      "### Task 3.2: Rules of placing",
      "## Phase 4: Reading",
      "### Task 4.1: Tests of reading",
      "### Task 4.2: Rules of reading",
      "## Phase 1: Orders",
      "### Task 1.1: Place",
      "### Task 1.2: Read",
      "## Phase 2: Deployment",
      "### Task 2.1: Dockerfile",
    ]);
    expect(text.includes("✅ Task 1.1: Place")).toBe(current === ticked);
  });
});

test.each([
  {
    form: "under headings",
    place: "### Task 1.1: Place\n- File: src/place.ts\n",
    mails: "### Task 1.2: Mails\n- File: src/mails.ts\n- Dependencies: Task 1.1\n",
    waiting: "- Dependencies: None",
  },
  {
    form: "with boxes",
    place: "- [ ] T001 Place in `src/place.ts`",
    mails: "- [ ] T002 Mails in `src/mails.ts` (depends on T001)",
    waiting: "- [ ] T002 Mails in `src/mails.ts`\n",
  },
])("a new task $form does not wait for one that a person took out", ({ place, mails, waiting }) => {
  const list = (...tasks: readonly string[]) => `# Tasks\n\n## Phase 1: Orders\n\n${tasks.join("\n")}\n`;
  const { text, record } = revise("tasks", list(), list(place, mails), recordOf("tasks", list(place)));
  expect(text).toContain(waiting);
  expect(text).not.toContain("Place");
  expect(revise("tasks", text, list(place, mails), record)).toMatchObject({ text, changes: [] });
});
