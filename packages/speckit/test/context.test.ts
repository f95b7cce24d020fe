import { beforeAll, describe, expect, test } from "vitest";
import { recipes } from "../src/authoring/recipes.ts";
import { snippetsIn } from "../src/authoring/snippet.ts";
import { type CountTokens, loadTokenCounter } from "../src/tokens/count.ts";
import { allServices, platformWith } from "./platform.ts";
import { folderWith, runCli } from "./run-cli.ts";

const files = platformWith(allServices);
let root = "";
let count: CountTokens;
beforeAll(async () => {
  root = folderWith({ ...files, "templates/spec-template.md": "# [FEATURE NAME]\n\n## User Scenarios\n" });
  count = await loadTokenCounter();
});

interface PackJson {
  readonly budget: number;
  readonly tokens: number;
  readonly parts: readonly {
    kind: string;
    file: string;
    line: number;
    endLine: number;
    reason: string;
    tokens: number;
    text: string;
  }[];
  readonly leftOut: {
    readonly parts: number;
    readonly tokens: number;
    readonly first: readonly { file: string }[];
  };
}

async function pack(...argv: string[]): Promise<PackJson> {
  const { code, out, err } = await runCli(root, ["context", ...argv, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out) as PackJson;
}

const kindsOf = ({ parts }: PackJson) => [...new Set(parts.map(({ kind }) => kind))];

test.each([
  ["200", "No part fits into 200 tokens.\n\nLeft out"],
  ["8k", "at most 8000 tokens"],
])("--budget %s is answered with what fits", async (budget, said) => {
  const { out } = await runCli(root, ["context", "clarify", "--service=order-service", "--budget", budget]);
  expect(out).toContain(said);
});

describe("a pack has what the command needs", () => {
  test.each([
    ["specify", ["constitution", "template", "quick-ref", "related"], ["task", "plan", "operation"]],
    ["clarify", ["spec", "constitution"], ["task", "plan", "template"]],
    ["plan", ["spec", "constitution", "quick-ref"], ["task", "template"]],
    ["tasks", ["plan", "spec"], ["task"]],
    ["document", ["quick-ref", "operation", "ai-doc"], ["task", "plan"]],
  ])("%s: %j, and nothing of %j", async (command, has, hasNot) => {
    const kinds = kindsOf(await pack(command, "--service=order-service", "--budget=8000"));
    expect(kinds).toEqual(expect.arrayContaining(has));
    for (const kind of hasNot) expect(kinds).not.toContain(kind);
  });

  test("implement: the next task, what it covers, and the contract of it", async () => {
    const tasks = "services/order-service/specs/001-order-management/tasks.md";
    const ticked = (files[tasks] ?? "").replace(/### Task (1\.\d|2\.1)/g, "### [x] Task $1");
    const fleet = folderWith({
      ...files,
      [tasks]: ticked,
      "services/order-service/package.json": "{}",
      "services/order-service/tsconfig.json": "{}",
    });
    const { out } = await runCli(fleet, ["context", "implement", "--service=order-service", "--json"]);
    const { parts } = JSON.parse(out) as PackJson;
    expect(parts[0]).toMatchObject({ kind: "task", file: tasks });
    expect(parts[0]?.reason).toMatch(/^the task: /);
  });

  test("what a task that is named covers is in its pack", async () => {
    const { parts } = await pack("implement", "--service=order-service", "--about", "Task 4.4");
    expect(parts.some(({ text }) => text.includes("### Task 4.4"))).toBe(true);
  });

  test("findings of the service, worst first", async () => {
    const spec = "services/user-service/specs/001-user-profile/spec.md";
    const fleet = folderWith({ ...files, [spec]: `${files[spec]}\nTODO: say who may see a profile\n` });
    const { out } = await runCli(fleet, ["context", "plan", "--service=user-service", "--json"]);
    expect((JSON.parse(out) as PackJson).parts.filter(({ kind }) => kind === "finding")).toMatchObject([
      { file: spec, text: expect.stringContaining("placeholder") },
    ]);
  });

  test("statements on events are not for a service that has none", async () => {
    const fleet = folderWith({
      "constitution.md":
        "# Shop\n\n## Standards\n- Event naming: domain.entity.action\n- REST API versioning: /api/v1/\n",
      "services/price-service/contracts/api-spec.yaml":
        "openapi: 3.1.0\ninfo: { title: Prices, version: v1 }\npaths:\n  /api/v1/prices:\n    get: { responses: { '200': { description: All } } }\n",
    });
    const { out } = await runCli(fleet, ["context", "plan"]);
    expect(out).toContain("REST API versioning");
    expect(out).not.toContain("Event naming");
    expect(out).toContain("# Context for plan: price-service");
  });
});

describe("a budget", () => {
  test.each(
    recipes.flatMap(({ command }) => [300, 1000, 2500].map((budget) => [command, budget] as const)),
  )("for %s of %d tokens is kept, whatever is printed", async (command, budget) => {
    const { out } = await runCli(root, ["context", command, "--service=order-service", `--budget=${budget}`]);
    expect(count(out)).toBeLessThanOrEqual(budget);
    expect(out).toContain(`# Context for ${command}: order-service`);
  });

  test("that is larger gives more, and what is left out has its cost", async () => {
    const [small, large] = [
      await pack("plan", "--service=order-service", "--budget=1000"),
      await pack("plan", "--service=order-service", "--budget=4000"),
    ];
    expect(large.tokens).toBeGreaterThan(small.tokens * 2);
    expect(small.leftOut.parts).toBeGreaterThan(large.leftOut.parts);
    expect(small.leftOut.tokens).toBeGreaterThan(1000);
    for (const { text, tokens, reason } of small.parts) {
      expect(tokens).toBeGreaterThan(count(text));
      expect(reason).not.toBe("");
    }
  });
});

describe("a question is answered by places", () => {
  test.each([
    ["order-service", "How long is an Idempotency-Key kept?", /spec\.md/, "24 hours"],
    ["auth-service", "How long is a refresh token valid?", /spec\.md/, "7 days"],
    ["order-service", "what happens when stock is lost after confirmation", /spec\.md/, "stock-lost"],
    [
      "inventory-service",
      "payload of inventory.stock.reserved",
      /spec\.md|inventory-events\.json/,
      "reservationId",
    ],
  ])("in %s: %s", async (service, about, file, answer) => {
    const { parts, tokens } = await pack("implement", `--service=${service}`, "--about", about);
    expect(tokens).toBeLessThanOrEqual(3000);
    const found = parts.filter((part) => file.test(part.file) && part.text.includes(answer));
    expect(found.length).toBeGreaterThan(0);
    // The place is right: the quoted text stands there.
    for (const { file: quoted, line, endLine } of found)
      if (files[quoted])
        expect(
          files[quoted]
            ?.split("\n")
            .slice(line - 1, endLine)
            .join("\n"),
        ).toContain(answer);
  });

  test("of the fleet, without a service", async () => {
    const { parts } = await pack("validate", "--all", "--about", "error format of answers");
    expect(parts.some(({ text }) => text.includes("RFC 7807"))).toBe(true);
  });
});

test("the same question has the same bytes, and --json is one document", async () => {
  const run = () =>
    runCli(root, ["context", "plan", "--service=user-service", "--about", "avatar", "--json"]);
  expect((await run()).out).toBe((await run()).out);
});

test.each([
  [
    ["context", "implemnt", "--service=order-service"],
    "There is no context for 'implemnt'. Did you mean 'implement'?",
  ],
  [["context", "plan"], "Which service is it?"],
  [
    ["context", "plan", "--service=order-service", "--budget=12"],
    "--budget must be a number of tokens from 200",
  ],
  [["context", "plan", "--service=oder-service"], "Did you mean 'order-service'?"],
])("%j is refused with what to do", async (argv, says) => {
  const { code, err } = await runCli(root, argv);
  expect(code).toBe(2);
  expect(err).toContain(says);
});

test("long lists are cut into items and tables into rows, short sections stay whole", () => {
  const rows = Array.from({ length: 12 }, (_, index) => `- item ${index}\n  more of it`).join("\n");
  const found = snippetsIn("spec.md", `# Shop\n\n## Rules\n${rows}\n\n## Short\n- a\n- b\n`, {
    kind: "spec",
    service: undefined,
  });
  expect(found).toHaveLength(13);
  expect(found[1]).toMatchObject({
    line: 6,
    endLine: 7,
    headings: ["Rules"],
    text: "- item 1\n  more of it",
  });
  expect(found[12]).toMatchObject({ headings: ["Short"], text: "## Short\n- a\n- b" });
});
