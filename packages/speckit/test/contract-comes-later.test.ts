import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseConstitution } from "../src/parse/constitution.ts";
import { parseTaskList } from "../src/parse/task-list.ts";
import { folderWith, runCli } from "./run-cli.ts";

const constitution = `# Constitution

## Core Principles
- API-first design (OpenAPI specs required)
- [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)
- Errors are answered as [problem details](https://www.rfc-editor.org/rfc/rfc9457)

## Technology Stack
- Language: Python (FastAPI)
- Database: PostgreSQL per service

[See full template in templates/microservices/constitution-microservices.md]
`;
const config = JSON.stringify({ validation: { strict: true, auto_validate: true } });
const operation = (summary: string) =>
  `post: { summary: ${summary}, responses: { "200": { description: Good }, "401": { description: Refused } } }`;
const api = (paths: Readonly<Record<string, string>>) =>
  `openapi: 3.0.0\ninfo: { title: API, version: v1 }\npaths:\n${Object.entries(paths)
    .map(([path, summary]) => `  ${path}: { ${operation(summary)} }\n`)
    .join("")}`;
const authApi = `openapi: 3.0.0
info: { title: Auth, version: v1 }
paths:
  /api/v1/auth/login: { ${operation("User login")} }
  /api/v1/auth/validate: { post: { summary: Validate JWT token } }
`;
const feature = "services/auth-service/specs/001-jwt-authentication";

function stage(files: Readonly<Record<string, string>>) {
  const root = folderWith({ "constitution.md": constitution, ".speckit.config.json": config, ...files });
  const run = (...words: readonly string[]) => runCli(root, words);
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  return { root, run, read };
}

describe("a contract that comes after the specification", () => {
  const begin = async () => {
    const { root, run, read } = stage({
      [`${feature}/.gitkeep`]: "",
      "services/auth-service/contracts/.gitkeep": "",
    });
    const service = "--service=auth-service";
    const prompt = "Create a JWT-based authentication service specification";
    const first = await run("specify", service, prompt);
    writeFileSync(join(root, "services/auth-service/contracts/api-spec.yaml"), authApi);
    return { run, read, service, first };
  };

  test("plan and tasks say what no scenario asks for, and that specify takes it in", async () => {
    const { run, service } = await begin();
    for (const command of ["plan", "tasks"]) {
      const { out } = await run(command, service);
      expect(out.replace(/\s+/g, " ")).toContain(
        "No scenario asks for POST /api/v1/auth/login, POST /api/v1/auth/validate: speckit specify",
      );
      expect(out.trim().split("\n").at(-1)).toBe(`Next: speckit specify ${service}`);
    }
    await run("specify", service);
    const { out } = await run("tasks", service, "--json");
    expect(JSON.parse(out)).toMatchObject({ unasked: [] });
  });

  test("what its operations do is what the service is responsible for, in place of the name of the service", async () => {
    const { run, read, service } = await begin();
    await run("specify", service);
    const text = read(`${feature}/spec.md`);
    expect(text).toContain("**Responsible for:**\n- User login\n- Validate JWT token\n\n**NOT responsible");
    expect(text).toContain("### P1: (removed) JWT Based Authentication\n");
    expect(text).toContain("### P2: User Login\n");
  });

  test("specify says of the file what validate says", async () => {
    const { run, service, first } = await begin();
    const second = await run("specify", service);
    const checked = await run("validate", "--spec", service);
    expect([first.code, second.code, checked.code]).toEqual([0, 0, 1]);
    for (const { out } of [first, second, checked]) {
      expect(out).toContain("✅ No TODO/TBD placeholders found");
      expect(out).not.toContain("Ready to proceed");
      expect(out).toContain(`Next: speckit clarify ${service}`);
    }
    expect(first.out).toContain("⚠️  3 questions are open: speckit clarify");
    expect(second.out).toContain("⚠️  2 questions are open: speckit clarify");
    expect(checked.out).toContain("⚠️  2 questions are open: speckit clarify");
  });

  test("the plan asks the questions with what stands in them as code", async () => {
    const { run, read, service } = await begin();
    await run("specify", service);
    await run("plan", service);
    expect(read(`${feature}/plan.md`)).toContain(
      "- What does auth-service answer to `POST /api/v1/auth/validate`? (spec.md, `speckit clarify`)",
    );
  });
});

test("a scenario that a person takes out gives its operation to nobody", async () => {
  const dir = "services/order-service";
  const specFile = `${dir}/specs/001-orders/spec.md`;
  const tasksFile = `${dir}/specs/001-orders/tasks.md`;
  const { root, run, read } = stage({
    ".speckit.config.json": "{}",
    [`${dir}/specs/001-orders/.gitkeep`]: "",
    [`${dir}/contracts/api-spec.yaml`]: api({
      "/api/v1/orders": "Place an order",
      "/api/v1/orders/{orderId}/cancel": "Cancel an order",
    }),
  });
  await run(
    "specify",
    "--service=order-service",
    "Create order service. Customers can place and cancel orders. It publishes order.created.",
  );
  await run("tasks");
  const of = (text: string, title: string) => {
    const { tasks } = parseTaskList({ file: tasksFile, text, bytes: text.length });
    return tasks.find((task) => task.title.includes(title));
  };
  const before = read(tasksFile);
  expect(of(before, "Operation POST /api/v1/orders/{orderId}/cancel")?.covers).toContain("P2");

  const spec = read(specFile);
  const archived =
    "### P9: Order Archived\n**Given** an order\n**When** a year is over\n**Then** system archives it\n";
  writeFileSync(join(root, specFile), spec.replace(/### P2: [\s\S]*?(?=\n## |\n### )/, archived));
  const { out } = await run("tasks");
  const after = read(tasksFile);
  expect(of(after, "Operation POST /api/v1/orders/{orderId}/cancel")?.covers).toEqual([
    "POST /api/v1/orders/{orderId}/cancel",
  ]);
  const own = (text: string) => /## Phase 2: [\s\S]*?(?=\n## )/.exec(text)?.[0];
  expect(own(after)).toBe(own(before));
  // A person took it out on purpose.
  expect(out).not.toContain("No scenario asks for");

  await run("specify", "--service=order-service");
  const revised = read(specFile);
  expect(revised).toMatch(/^- \*\*FR-002\*\*: \(removed\)/m);
  expect(revised).not.toContain("- Cancel orders");
  const live = revised.split("\n").filter((line) => !line.includes("(removed)"));
  const named = live.flatMap((line) => (line.startsWith("- **FR-") ? (line.match(/P\d+(?=:)/g) ?? []) : []));
  const written = live.flatMap((line) => /^### (P\d+):/.exec(line)?.[1] ?? []);
  expect(named.filter((id) => !written.includes(id))).toEqual([]);
});

test("a revision still knows from whom an event comes that the prompt says", async () => {
  const file = "services/order-service/specs/001-orders/spec.md";
  const { run, read } = stage({ ".speckit.config.json": "{}", [file.replace("spec.md", ".gitkeep")]: "" });
  await run(
    "specify",
    "--service=order-service",
    "Create order service. It consumes user.profile.created from user-service and publishes order.created for mail-service.",
  );
  const first = read(file);
  expect(first).toContain("**From:** user-service");
  await run("specify", "--service=order-service");
  expect(read(file)).toBe(first);
});

test("a line of a constitution that only points elsewhere is no statement", () => {
  const { statements } = parseConstitution({
    file: "constitution.md",
    text: constitution,
    bytes: constitution.length,
  });
  expect(statements.map(({ text }) => text)).toEqual([
    "API-first design (OpenAPI specs required)",
    "Errors are answered as [problem details](https://www.rfc-editor.org/rfc/rfc9457)",
    "Language: Python (FastAPI)",
    "Database: PostgreSQL per service",
  ]);
});
