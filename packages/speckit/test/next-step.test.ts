import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith, runCli } from "./run-cli.ts";

const spec = (title: string, outcome: string) =>
  `# ${title}\n\n## User Scenarios\n\n### P1: ${title}\n**Given** a caller\n**When** they ask\n**Then** ${outcome}\n`;
const question = "[NEEDS CLARIFICATION: What comes then?]";
const tasks =
  "# Implementation Tasks: Refunds\n\n## Phase 1: Foundation\n\n### Task 1.1: Repository\n- File: README.md\n- Covers: P1\n";
const folder = "services/pay-service/specs/001-refunds";
const fleet = (files: Readonly<Record<string, string>>) =>
  folderWith({
    ".speckit.config.json": JSON.stringify({ rules: { "section-missing": "off", "content-thin": "off" } }),
    "services/mail-service/specs/001-mails/spec.md": spec("Mails", "a mail is sent"),
    [`${folder}/spec.md`]: spec("Refunds", "money comes back"),
    ...files,
  });

describe("the next command names the service wherever more than one could be meant", () => {
  test.each([
    {
      given: "a question in a specification",
      files: { [`${folder}/spec.md`]: spec("Refunds", question) },
      next: "clarify",
    },
    {
      given: "a scenario without a task",
      files: {
        [`${folder}/spec.md`]: `${spec("Refunds", "money comes back")}
### P2: Partly
**Given** a
**When** b
**Then** c
`,
        [`${folder}/tasks.md`]: tasks,
      },
      next: "tasks",
    },
  ])("after validate: $given", async ({ files, next }) => {
    const root = fleet(files);
    const last = async (cwd: string, ...flags: readonly string[]) =>
      (await runCli(cwd, ["validate", ...flags])).out.trimEnd().split("\n").at(-1);
    const named = `Next: speckit ${next} --service=pay-service`;
    expect(await last(root, "--service=pay-service")).toBe(named);
    expect(await last(root)).toBe(named);
    expect(await last(join(root, "services/pay-service"))).toBe(`Next: speckit ${next}`);
    expect((await runCli(root, [next, "--service=pay-service"])).code).toBe(0);
  });

  test("after a draft with questions", async () => {
    const { out } = await runCli(fleet({}), ["specify", "--service=bill-service", "Create bill service"]);
    expect(out).toMatch(/\nNext: speckit clarify --service=bill-service\n$/);
  });
});

test("a question of a plan is not one that clarify would ask", async () => {
  const plan = `# Plan: Refunds\n\n**Language**: TypeScript\n**Storage**: ${question}\n`;
  const root = fleet({ [`${folder}/plan.md`]: plan });
  const { out } = await runCli(root, ["validate", "--plan", "--service=pay-service"]);
  expect(out).toContain("Open clarification: 'What comes then?'");
  expect(out).not.toContain("Next: speckit clarify");
});
