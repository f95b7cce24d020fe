import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTokenCounter } from "@speckit/cli/cli";
import { beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "../src/run-command.ts";
import { tools } from "../src/tools/index.ts";
import { agent, call, folderWith, platform, speckitMcp } from "./agent.ts";

const root = platform();
let client: Awaited<ReturnType<typeof agent>>;
let count: Awaited<ReturnType<typeof loadTokenCounter>>;
beforeAll(async () => {
  count = await loadTokenCounter();
  client = await agent({ args: ["mcp", "--cwd", root] });
});

test("the client is told the tools, resources and how to begin", async () => {
  const { tools: listed } = await client.listTools();
  expect(listed.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  expect(listed.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name)).toEqual([
    "analyze",
  ]);
  expect(client.getServerCapabilities()).toEqual({ tools: {}, resources: {}, completions: {} });
  expect(client.getInstructions()).toContain("service_catalog");
});

describe("on the example platform", () => {
  test.each([
    { name: "service_catalog", args: {}, says: /5 services, 25 endpoints[\s\S]+order-service/ },
    {
      name: "find",
      args: { query: "cancel order" },
      says: /services\/order-service\/\S+:\d+ [\s\S]+relevance/,
    },
    { name: "context", args: { command: "plan", service: "order-service" }, says: /constitution\.md:/ },
    {
      name: "error_context",
      args: { error: "connect ECONNREFUSED 127.0.0.1:3004" },
      says: /infrastructure error/,
    },
    { name: "impact", args: { subject: "order.created" }, says: /notification-service/ },
    { name: "validate", args: {}, says: /All required sections present/ },
    { name: "validate_contracts", args: { service: "order-service" }, says: /API spec complete and valid/ },
    { name: "analyze", args: { summary: true }, says: /5 services/ },
    { name: "budget", args: {}, says: /Documents: \d+/ },
    { name: "constitution", args: {}, says: /11 of 38 statements are enforced/ },
    {
      name: "explain",
      args: { rule: "event-without-consumer" },
      says: /Every published event has a consumer/,
    },
  ])("$name $args answers within its tokens", async ({ name, args, says }) => {
    const { text, isError } = await call(client, name, args);
    expect(isError, text).toBe(false);
    expect(text).toMatch(says);
    expect(count(text)).toBeLessThanOrEqual(name === "context" ? 5000 : 1500);
  });

  test("an answer is that of the command line, but for the last line", async () => {
    const { text } = await call(client, "impact", { subject: "order.created" });
    const { out } = await runCommand(["impact", "order.created"], { cwd: root, isRoot: true });
    expect(text.split("\n").slice(0, -1)).toEqual(out.trimEnd().split("\n").slice(0, -1));
    expect(text).toMatch(/Next: validate_contracts {"breakingChangesOnly":true}$/);
  });

  test("places are data too", async () => {
    const { data } = await call(client, "find", { query: "cancel order", limit: 3 });
    expect(data?.results).toHaveLength(3);
    expect((data?.results as object[])[0]).toMatchObject({
      file: expect.any(String),
      line: expect.any(Number),
    });
  });

  test.each([
    {
      name: "impact",
      args: { subject: "order.created", maxTokens: 300 },
      says: /cut: \d+ of \d+ tokens\. Ask again with maxTokens: \d+\.\nNext: /,
    },
    { name: "explain", args: { maxTokens: 200 }, says: /Ask again with rule, or with maxTokens: \d+\./ },
    {
      name: "find",
      args: { query: "order", limit: 30, maxTokens: 400 },
      says: /Ask again with service or type or limit, or/,
    },
  ])("$name $args: cut, and how to get the rest", async ({ name, args, says }) => {
    const { text, data } = await call(client, name, args);
    expect(text).toMatch(says);
    expect(count(text)).toBeLessThanOrEqual(args.maxTokens);
    if (data === undefined) return;
    expect(count(JSON.stringify(data))).toBeLessThanOrEqual(args.maxTokens);
    expect((data.results as unknown[]).length + Number(data.omitted)).toBe(30);
  });

  test("a context pack keeps to the tokens that are given", async () => {
    const { text } = await call(client, "context", {
      command: "implement",
      service: "order-service",
      maxTokens: 900,
    });
    expect(count(text)).toBeLessThanOrEqual(900);
    expect(text).not.toContain("cut:");
  });

  test.each([
    { name: "impact", args: { subject: "order.creatd" }, says: "Did you mean 'order.created'?" },
    {
      name: "find",
      args: { query: "stock", service: "oder-service" },
      says: "Did you mean 'order-service'?",
    },
    { name: "validate_contracts", args: { compareWith: "--output=/tmp/x" }, says: "--output=/tmp/x" },
    { name: "validate", args: { files: ["../../etc/passwd"] }, says: "outside of the workspace" },
    { name: "validate", args: { files: ["/etc/passwd"], as: "spec" }, says: "outside of the workspace" },
    {
      name: "error_context",
      args: { error: "x", file: "services/../../secret.ts" },
      says: "outside of the workspace",
    },
    {
      name: "diff",
      args: { base: "/etc/passwd", revision: "constitution.md" },
      says: "outside of the workspace",
    },
    {
      name: "diff",
      args: { base: "constitution.md", revision: "constitution.md" },
      says: "constitution.md is not valid YAML",
    },
    { name: "find", args: { query: "stock", cwd: "/" }, says: "no argument 'cwd'" },
  ])("$name $args cannot be asked: $says", async ({ name, args, says }) => {
    const { text, isError } = await call(client, name, args);
    expect(isError).toBe(true);
    expect(text).toContain(says);
    expect(text).not.toMatch(/speckit:|root:x|\n {4}at /);
  });

  test("a query that looks like a flag is a query", async () => {
    const { text, isError } = await call(client, "find", { query: "--cwd=/etc passwd" });
    expect(isError, text).toBe(false);
    expect(text).not.toContain("/etc/passwd:");
  });

  test("findings that fail are an answer", async () => {
    const fleet = folderWith({
      "constitution.md": "# C\n",
      "services/a/specs/001-a/spec.md": "# A\n\nTODO\n",
    });
    const other = await agent({ args: ["mcp", "--cwd", fleet] });
    const { text, isError } = await call(other, "validate");
    expect(isError).toBe(false);
    expect(text).toContain("❌");
  });

  test("a tool that is none is an error of the protocol that names those that there are", async () => {
    await expect(client.callTool({ name: "watch", arguments: {} })).rejects.toThrow(
      /There is no tool 'watch'\. There are: find, context/,
    );
  });
});

describe("documents and rules are resources", () => {
  test("documents are listed with what they cost, the constitution first, and read as they are", async () => {
    const { resources, nextCursor } = await client.listResources();
    expect(nextCursor).toBeUndefined();
    expect(resources[1]).toMatchObject({
      name: "constitution.md",
      title: "constitution",
      mimeType: "text/markdown",
    });
    const file = "services/order-service/contracts/api-spec.yaml";
    const contract = resources.find(({ name }) => name === file);
    expect(contract).toMatchObject({ title: "contract of order-service", mimeType: "application/yaml" });
    const text = readFileSync(join(root, file), "utf8");
    expect(contract?.description).toBe(`${count(text)} tokens`);
    const { contents } = await client.readResource({ uri: contract?.uri ?? "" });
    expect(contents).toEqual([{ uri: contract?.uri, mimeType: "application/yaml", text }]);
    const kinds = new Set(resources.map(({ title }) => title?.split(" ")[0]));
    expect([...kinds].sort()).toEqual([
      "All",
      "constitution",
      "contract",
      "plan",
      "spec",
      "summary",
      "tasks",
    ]);
  });

  test("pages of rules, and the list of them", async () => {
    const { contents } = await client.readResource({ uri: "speckit://rules/event-without-consumer" });
    expect((contents[0] as { text: string }).text).toMatch(/^# event-without-consumer\n/);
    const list = await client.readResource({ uri: "speckit://rules" });
    expect((list.contents[0] as { text: string }).text).toContain("- event-without-consumer: ");
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      "speckit://documents/{+path}",
      "speckit://rules/{id}",
    ]);
  });

  test("what was begun is completed", async () => {
    const complete = async (uri: string, value: string) =>
      (await client.complete({ ref: { type: "ref/resource", uri }, argument: { name: "x", value } }))
        .completion;
    expect((await complete("speckit://rules/{id}", "event-without-c")).values).toEqual([
      "event-without-consumer",
    ]);
    const specs = await complete("speckit://documents/{+path}", "order-service/specs");
    expect(specs.values).toContain("services/order-service/specs/001-order-management/spec.md");
    expect((await complete("speckit://documents/{+path}", "nothing/like/it")).values).toEqual([]);
  });

  test.each([
    "speckit://documents/../../../etc/passwd",
    "speckit://documents/%2e%2e/%2e%2e/etc/passwd",
    "speckit://documents//etc/passwd",
    "speckit://documents/services/order-service/package.json",
    "speckit://documents/%zz",
    "speckit://rules/../../package",
    "speckit://rules/no-such-rule",
    "file:///etc/passwd",
    "speckit://",
  ])("%s is not there", async (uri) => {
    await expect(client.readResource({ uri })).rejects.toMatchObject({ code: -32002 });
  });

  test("a link out of the tree is no document, and neither is one that became a link", async () => {
    const secret = folderWith({ "key.md": "# the secret\n" });
    const fleet = folderWith({
      "constitution.md": "# Principles\n\n- Each service owns its data\n",
      "services/a/specs/001-a/spec.md": { linkTo: join(secret, "key.md") },
      "services/b/specs": { linkTo: secret },
    });
    const other = await agent({ args: ["mcp", "--cwd", fleet] });
    const { resources } = await other.listResources();
    expect(resources.map(({ name }) => name)).toEqual(["rules", "constitution.md"]);
    for (const path of ["services/a/specs/001-a/spec.md", "services/b/specs/key.md"])
      await expect(other.readResource({ uri: `speckit://documents/${path}` })).rejects.toMatchObject({
        code: -32002,
      });
    const { text, isError } = await call(other, "validate", { files: ["services/a/specs/001-a/spec.md"] });
    expect(isError).toBe(true);
    expect(text).toContain("outside of the workspace");
  });

  test("a large fleet is listed in pages, each document once", async () => {
    const specs = Array.from({ length: 120 }, (_, index) => `services/s${index}/specs/001-a/spec.md`);
    const fleet = folderWith({
      "constitution.md": "# Principles\n",
      ...Object.fromEntries(specs.map((file) => [file, "# A\n\n### Service Name\na\n"])),
    });
    const other = await agent({ args: ["mcp", "--cwd", fleet] });
    const seen: string[] = [];
    const sizes: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await other.listResources(cursor === undefined ? {} : { cursor });
      sizes.push(page.resources.length);
      seen.push(...page.resources.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(sizes).toEqual([51, 50, 21]);
    expect(seen.toSorted()).toEqual(["rules", "constitution.md", ...specs].toSorted());
    await expect(other.listResources({ cursor: "x" })).rejects.toMatchObject({ code: -32602 });
  });
});

describe("where it asks", () => {
  const shop = folderWith({
    "constitution.md": "# Shop\n",
    "services/till/specs/001-till/spec.md": "# Till\n\n### Service Name\ntill\n",
  });
  const bank = folderWith({
    "constitution.md": "# Bank\n",
    "services/vault/specs/001-vault/spec.md": "# Vault\n\n### Service Name\nvault\n",
  });
  const services = async (asked: Awaited<ReturnType<typeof agent>>) =>
    (await call(asked, "service_catalog")).text;

  test("the folder of the process, when nothing else is said", async () => {
    expect(await services(await agent({ cwd: shop }))).toContain("till");
  });

  test("the folder that the client names, and another one once it says so", async () => {
    const roots = ["/nowhere/at/all", shop];
    const asked = await agent({ cwd: bank, roots });
    expect(await services(asked)).toContain("till");
    roots.splice(0, 2, bank);
    await asked.sendRootsListChanged();
    expect(await services(asked)).toContain("vault");
  });

  test("the folder that was given, whatever the client names; by the package's own command as well", async () => {
    const asked = await agent({ command: speckitMcp, args: ["--cwd", shop], cwd: bank, roots: [bank] });
    expect(await services(asked)).toContain("till");
  });
});
