import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { servedTasks } from "../src/authoring/offline/served-tasks.ts";
import { revise } from "../src/authoring/revise/revise.ts";
import type { Service, Workspace } from "../src/model/workspace.ts";
import { allServices, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

interface Change {
  readonly kind: string;
  readonly name: string;
}

const folder = "services/user-service";
const spec = `${folder}/specs/001-user-profile/spec.md`;
const tasks = `${folder}/specs/001-user-profile/tasks.md`;

/** The example's documents, changed, as in a clone: nobody remembers who drafted what. */
function clone(changes: Readonly<Record<string, (text: string) => string>> = {}): string {
  const files = platformWith(allServices);
  for (const [file, change] of Object.entries(changes)) {
    const before = files[file] ?? "";
    expect(change(before), file).not.toBe(before);
    files[file] = change(before);
  }
  return folderWith(files);
}

async function added(root: string): Promise<string[]> {
  const { code, out, err } = await runCli(join(root, folder), ["tasks", "--json"]);
  expect(code, err).toBe(0);
  const { changes } = JSON.parse(out) as { changes: readonly Change[] };
  return changes.filter(({ kind }) => kind === "added").map(({ name }) => name);
}

const read = (root: string) => readFileSync(join(root, tasks), "utf8");
const headings = (text: string) => Array.from(text.matchAll(/^## (.+)$/gm), ([, heading]) => heading);

const withExport = (text: string) =>
  text
    .replace(
      "## Functional Requirements",
      "### P9: Profile Export\n**Given** a user with a profile\n**When** they ask for an export\n**Then** system returns all that is stored about them\n\n## Functional Requirements",
    )
    .replace(
      "- **FR-001**",
      "- **FR-050**: The service MUST export a profile (P9: Profile Export)\n- **FR-001**",
    );

describe("a list of tasks that somebody cut another way", () => {
  test.each(allServices)("of %s-service is up to date as it stands", async (name) => {
    const root = clone();
    const file = join(root, `services/${name}-service`);
    const { code, out, err } = await runCli(file, ["tasks", "--json"]);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ outcome: "unchanged", written: false });
  });

  test("gets what is new in the specification and no more, before what is last", async () => {
    const root = clone({ [spec]: withExport });
    const before = read(root);
    expect(await added(root)).toEqual([
      "Phase 7: Profile Export",
      "Task 7.1: Scenario Test: Profile Export",
      "Task 7.2: Implementation: Profile Export",
    ]);
    const after = read(root);
    expect(headings(after).slice(-2)).toEqual(["Phase 7: Profile Export", "Phase 6: Deployment"]);
    expect(after.replace(/## Phase 7.*?(?=## Phase 6)/s, "")).toBe(before);
    expect(after).toContain("- File: test/scenarios/profile-export.test.ts\n- Dependencies: None\n");
  });

  test("stays as it is when the same command runs again, and gets what is new later", async () => {
    const root = clone({ [spec]: withExport });
    await added(root);
    const after = read(root);
    expect(await added(root)).toEqual([]);
    expect(read(root)).toBe(after);
    const path = join(root, spec);
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("P9: Profile Export", "P9: Full Export"));
    expect((await added(root)).map((name) => name.replace(/^\S+ \S+ /, ""))).toEqual([
      "Full Export",
      "Scenario Test: Full Export",
      "Implementation: Full Export",
    ]);
  });

  test("gets the tasks of an operation that it forgot", async () => {
    const root = clone({ [tasks]: (text) => text.replaceAll(/`uploadAvatar`/g, "`uploadPicture`") });
    expect(await added(root)).toEqual([
      "Phase 7: Avatar Upload",
      "Task 7.1: Contract Test Of POST /api/v1/users/{id}/avatar",
      "Task 7.2: Operation POST /api/v1/users/{id}/avatar",
    ]);
    expect(read(root)).toContain("- Dependencies: Task 7.1\n");
  });

  test("gets a client for a service that is called now", async () => {
    const root = clone({ [tasks]: (text) => text.replaceAll("auth-service", "oauth-service") });
    expect(await added(root)).toEqual(["Task 1.3: Client Of auth-service"]);
  });

  test("gets everything when it names nothing that the specification has", async () => {
    const bare =
      "# Tasks\n\n## Phase 1: Start\n\n### Task 1.1: Read\n- File: notes.md\n- Dependencies: None\n";
    const root = clone({ [tasks]: () => bare });
    const names = await added(root);
    expect(names).toContain("Task 2.2: Database Models");
    expect(names.filter((name) => name.includes("Scenario Test: "))).toHaveLength(8);
  });
});

test("phases and stories are numbered without zeros in front, however many a draft has", async () => {
  const root = clone({ [spec]: withExport });
  await added(root);
  expect(read(root)).not.toMatch(/Phase 0|Task 0/);
});

const task = (id: string, title: string, covers = "") =>
  `### Task ${id}: ${title}\n- File: src/${id}.ts\n- Dependencies: None\n${covers && `- Covers: \`${covers}\`\n`}\n`;

test("of operations without ids a list has only those that it names", () => {
  const operations = ["/carts", "/orders"].map((path) => ({ method: "GET", path, operationId: undefined }));
  const service = { name: "shop", dir: ".", apis: [{ operations }] } as unknown as Service;
  const workspace = { services: [service] } as unknown as Workspace;
  const draft = `# Tasks\n\n## Phase 1: Shop\n\n${task("1.1", "Carts", "GET /carts")}${task("1.2", "Orders", "GET /orders")}`;
  const current = `# Tasks\n\n## Phase 1: Start\n\n${task("1.1", "All carts", "GET /carts")}`;
  expect([...servedTasks(draft, current, { file: "tasks.md", workspace, service })]).toEqual(["1.1"]);
});

test("a phase that stayed out, since the list had all its tasks, comes in with the first that it lacks", () => {
  const list = `# Tasks\n\n## Phase 1: Start\n\n${task("1.1", "Read")}`;
  const draft = `# Tasks\n\n## Phase 1: Carts\n\n${task("1.1", "Cart")}`;
  const first = revise("tasks", list, draft, {}, new Set(["1.1"]));
  expect(first.changes).toEqual([]);
  const more = revise("tasks", list, `${draft}${task("1.2", "Empty Cart")}`, first.record);
  expect(more.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "added Phase 2: Carts",
    "added Task 2.1: Empty Cart",
  ]);
});
