import { loadTokenCounter } from "@speckit/cli/cli";
import { describe, expect, test } from "vitest";
import { runCommand } from "../src/run-command.ts";
import { wrongArguments } from "../src/tools/arguments.ts";
import { tools } from "../src/tools/index.ts";
import { listTools } from "../src/tools/list-tools.ts";
import { asNextCall } from "../src/tools/next-call.ts";
import { commandLine, commandOf, flagOf, type Tool } from "../src/tools/tool.ts";
import { folderWith } from "./agent.ts";

const toolNamed = (name: string) => tools.find((tool) => tool.name === name) as Tool;
const anywhere = { cwd: folderWith({}), isRoot: false };

test.each(tools.map((tool) => ({ name: tool.name, tool })))("$name asks what the command line knows", async ({
  tool,
}) => {
  const { code, out } = await runCommand([commandOf(tool), "--help"], anywhere);
  expect(code).toBe(0);
  const flags = Object.keys(tool.arguments).filter((name) => !tool.words?.includes(name));
  const own = tool.ownBudget === undefined ? [] : [`--${tool.ownBudget}`];
  for (const flag of [...flags.map(flagOf), ...(tool.flags ?? []), ...own])
    expect(out).toContain(`  ${flag}`);
  for (const name of [
    ...(tool.words ?? []),
    ...(tool.required ?? []),
    ...(tool.paths ?? []),
    ...tool.narrowedBy,
  ])
    expect(Object.keys(tool.arguments)).toContain(name);
});

test("the list of tools costs an agent at most 1,600 tokens", async () => {
  const count = await loadTokenCounter();
  const tokens = count(JSON.stringify({ tools: listTools() }));
  expect(tokens).toBeLessThanOrEqual(1600);
  // What goes on by itself, writes files or leaves the workspace is not for an agent to ask.
  const names = tools.flatMap((tool) => [...Object.keys(tool.arguments), ...(tool.flags ?? [])]);
  expect(names.join(" ")).not.toMatch(/watch|force|suppress|regenerate|cwd|session/i);
});

test.each([
  { name: "find", args: { query: "--cwd=/etc" }, line: ["find", "--", "--cwd=/etc"] },
  {
    name: "find",
    args: { query: "stock", type: ["spec", "code"], service: "--all", limit: 3 },
    line: ["find", "--type=spec,code", "--service=--all", "--limit=3", "--", "stock"],
  },
  {
    name: "validate",
    args: { files: ["-x.md", "b.md"], as: "spec" },
    line: ["validate", "--as=spec", "--", "-x.md", "b.md"],
  },
  {
    name: "validate_contracts",
    args: { breakingChangesOnly: true },
    line: ["validate-contracts", "--breaking-changes-only"],
  },
  { name: "validate_contracts", args: { breakingChangesOnly: false }, line: ["validate-contracts"] },
  { name: "diff", args: { revision: "b.yaml", base: "a.yaml" }, line: ["diff", "--", "a.yaml", "b.yaml"] },
  { name: "service_catalog", args: { maxTokens: 300 }, line: ["service-catalog", "--digest"] },
])("$name $args is $line", ({ name, args, line }) => {
  expect(commandLine(toolNamed(name), args)).toEqual(line);
});

test.each([
  {
    name: "find",
    args: {},
    says: "find: the call must have required property 'query'. Its arguments: query, type,",
  },
  {
    name: "find",
    args: { query: "x", servce: "y" },
    says: "find: it has no argument 'servce'. Its arguments:",
  },
  { name: "find", args: { query: 7 }, says: "find: query must be string." },
  { name: "find", args: { query: "x", maxTokens: 5 }, says: "find: maxTokens must be >= 200." },
  { name: "validate", args: { files: "spec.md" }, says: "validate: files must be array." },
  { name: "explain", args: { rule: null }, says: "explain: rule must be string." },
])("$name $args: $says", ({ name, args, says }) => {
  expect(wrongArguments(toolNamed(name), args)).toContain(says);
});

describe("the next command is said as the call of a tool", () => {
  test.each([
    [
      'Next: speckit find "order processing" --type spec,contract',
      'Next: find {"query":"order processing","type":["spec","contract"]}',
    ],
    ["Next: speckit impact POST /api/v1/orders", 'Next: impact {"subject":"POST /api/v1/orders"}'],
    [
      "Next: speckit validate-contracts --breaking-changes-only",
      'Next: validate_contracts {"breakingChangesOnly":true}',
    ],
    [
      "Next: speckit context plan --service=order-service --budget 10000",
      'Next: context {"command":"plan","service":"order-service","maxTokens":10000}',
    ],
    ["Next: speckit diff a.yaml b.yaml", 'Next: diff {"base":"a.yaml","revision":"b.yaml"}'],
    ["Next: speckit constitution --explain", "Next: constitution {}"],
    ["Next: speckit validate a/spec.md b/plan.md", 'Next: validate {"files":["a/spec.md","b/plan.md"]}'],
    ["Next: speckit service-catalog --cwd shop", "Next: speckit service-catalog --cwd shop"],
    ["Next: speckit validate-contracts --all", "Next: validate_contracts {}"],
    ["Next: speckit prune", "Next: speckit prune"],
    ["Next: speckit constitution now", "Next: speckit constitution now"],
    ["Next: write services/NAME/specs", "Next: write services/NAME/specs"],
  ])("%s", (line, said) => {
    expect(asNextCall(`✅ Fine\n\n${line}`, tools)).toBe(`✅ Fine\n\n${said}`);
  });

  test("is left out where it is the same question, asked for its data", () => {
    expect(asNextCall('Found in:\n- a.md\nNext: speckit find "tea shop" --json\n', tools)).toBe(
      "Found in:\n- a.md\n",
    );
  });
});
