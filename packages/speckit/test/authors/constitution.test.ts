import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { mergeConstitution } from "../../src/authoring/constitution/merge-constitution.ts";
import { promptedStatements } from "../../src/authoring/constitution/prompted.ts";
import { folderWith, runCli } from "../run-cli.ts";
import { programs, runIn, runsIn } from "./stage.ts";

describe("what a prompt says, as statements", () => {
  test.each([
    {
      prompt: "Use TypeScript with Fastify, PostgreSQL per service, RabbitMQ, Kong as gateway and JWT",
      says: [
        "Language: TypeScript (Fastify)",
        "Database: PostgreSQL per service",
        "Message Bus: RabbitMQ",
        "API Gateway: Kong",
        "Authentication: JWT tokens",
      ],
    },
    { prompt: "Language: Rust", says: ["Language: Rust"] },
    { prompt: "Switch to Kafka", says: ["Message Bus: Kafka"] },
    {
      prompt: "All services must expose health checks. Errors as RFC 7807",
      says: ["All services must expose health checks", "Error format: RFC 7807 Problem Details"],
    },
    {
      prompt: "REST paths are versioned under /api/v1, events are named domain.entity.action",
      says: ["REST API versioning: /api/v1/", "Event naming: domain.entity.action"],
    },
    {
      prompt: "Redis is used only for caching tokens of sessions",
      says: ["Redis is used only for caching tokens of sessions"],
    },
    { prompt: "Errors, timeouts and crashes are logged", says: ["Errors, timeouts and crashes are logged"] },
    {
      prompt: "- Use Go\n- Every change is reviewed by two people; no exceptions\n",
      says: ["Language: Go", "Every change is reviewed by two people; no exceptions"],
    },
    {
      prompt: "Add a rule that passwords are hashed with argon2id.",
      says: ["Passwords are hashed with argon2id"],
    },
    {
      prompt: "Create principles focused on code quality and performance",
      says: [
        "[NEEDS CLARIFICATION: what holds for code quality?]",
        "[NEEDS CLARIFICATION: what holds for performance?]",
      ],
    },
    {
      prompt: "所有服务必须提供健康检查。使用 PostgreSQL",
      says: ["所有服务必须提供健康检查", "Database: PostgreSQL"],
    },
    {
      prompt: "Use Go with Gin, MySQL, Kafka; JWT auth; paths under /api/v2; principles about testing; 🚀",
      says: [
        "Language: Go (Gin)",
        "Database: MySQL",
        "Message Bus: Kafka",
        "REST API versioning: /api/v2/",
        "Authentication: JWT tokens",
        "[NEEDS CLARIFICATION: what holds for testing?]",
      ],
    },
    { prompt: "| a | `b <!-- c", says: ["| a | \\`b \\<!-- c"] },
    { prompt: "GraphQL", says: ["GraphQL"] },
    { prompt: "…!?", says: [] },
  ])("$prompt", ({ prompt, says }) => {
    expect(promptedStatements(prompt).map(({ text }) => text)).toEqual(says);
  });
});

const standing = `# Shop Constitution

<!-- - Language: Cobol -->

## Core Principles
- Each service owns its data (no shared databases)
- A statement that goes on
  in a second line

## Technology Stack
* **Language**: Python (FastAPI)
* Database: PostgreSQL per service

## By hand

A paragraph, and a fence:

\`\`\`text
- Language: Basic
\`\`\`

**Version**: 1.0.0
`;

describe("a draft is brought into a constitution that stands", () => {
  const merged = (statements: string) => mergeConstitution(standing, `# Any title\n\n${statements}`);

  test.each([
    {
      given: "the same statement, otherwise written",
      draft: "## Elsewhere\n- each service owns its data; no shared databases",
      changes: [],
      has: standing,
    },
    {
      given: "another value of a label",
      draft: "## Technology Stack\n- Language: Go",
      changes: ["changed"],
      has: "* Language: Go\n* Database: PostgreSQL per service\n",
    },
    {
      given: "a label that stands in another section",
      draft: "## Standards\n- Database: MySQL",
      changes: ["changed"],
      has: "* Database: MySQL\n",
    },
    {
      given: "a new statement",
      draft: "## core principles\n- Nothing is shared",
      changes: ["added"],
      has: "  in a second line\n- Nothing is shared\n",
    },
    {
      given: "a new section",
      draft: "## Standards\n- Error format: RFC 9457 Problem Details",
      changes: ["added"],
      has: "```\n\n## Standards\n\n- Error format: RFC 9457 Problem Details\n\n**Version**: 1.0.0\n",
    },
    { given: "nothing of what stands", draft: "", changes: [], has: standing },
  ])("with $given", ({ draft, changes, has }) => {
    const { text, changes: made } = merged(draft);
    expect(made.map(({ kind }) => kind)).toEqual(changes);
    expect(text).toContain(has);
    for (const kept of [
      "<!-- - Language: Cobol -->",
      "A paragraph, and a fence:",
      "- Language: Basic",
      "# Shop Constitution",
    ])
      expect(text).toContain(kept);
    expect(mergeConstitution(text, `# Any title\n\n${draft}`).changes).toEqual([]);
  });
});

describe("constitution --prompt", () => {
  test("writes the first one at the root, and changes it when it is asked again", async () => {
    const root = folderWith({ "README.md": "# Shop\n" });
    expect(
      (
        await runCli(root, [
          "constitution",
          "--prompt",
          "Use Python with FastAPI. All services must expose health checks",
        ])
      ).code,
    ).toBe(0);
    const { code, out } = await runCli(root, ["constitution", "--prompt", "Use Flask and NATS"]);
    expect(code).toBe(0);
    expect(out).toContain(
      "Changed: Language: Python (Flask)\n- - Language: Python (FastAPI)\n+ - Language: Python (Flask)\n",
    );
    const text = readFileSync(join(root, "constitution.md"), "utf8");
    expect(text.slice(text.indexOf("## Core"))).toBe(
      "## Core Principles\n\n- All services must expose health checks\n\n## Technology Stack\n\n- Language: Python (Flask)\n- Message Bus: NATS\n",
    );
    const explained = await runCli(root, ["constitution", "--explain"]);
    expect(explained.out).toContain("3 of 3 statements are enforced");
    expect(runsIn(root).map(({ command, outcome }) => `${String(command)} ${String(outcome)}`)).toEqual([
      "constitution written",
      "constitution revised",
    ]);
  });

  test("keeps the place of one in .specify", async () => {
    const file = ".specify/memory/constitution.md";
    const root = folderWith({ [file]: standing });
    await runCli(root, ["constitution", "--prompt", "Use MongoDB"]);
    expect(readFileSync(join(root, file), "utf8")).toContain("* Database: MongoDB per service\n");
    expect(existsSync(join(root, "constitution.md"))).toBe(false);
  });

  test("prints it with --stdout and writes nothing", async () => {
    const root = folderWith({ "constitution.md": standing });
    const { out } = await runCli(root, ["constitution", "--prompt", "Use MongoDB", "--stdout"]);
    expect(out).toBe(
      standing.replace("* Database: PostgreSQL per service", "* Database: MongoDB per service"),
    );
    expect(readFileSync(join(root, "constitution.md"), "utf8")).toBe(standing);
  });

  test("by an agent: what a person wrote stays, whatever the agent leaves out", async () => {
    const root = folderWith({ "constitution.md": standing });
    const draft =
      "# Shop Constitution\n\n## Technology Stack\n- Language: Go\n\n## Security\n- Secrets do not appear in logs\n";
    const env = {
      PATH: programs({
        claude: `say({ type: "assistant", message: { content: document(${JSON.stringify(draft)}) } });`,
      }),
    };
    const { code } = await runIn({ cwd: root, env }, [
      "constitution",
      "--prompt",
      "Go, and no secrets in logs",
      "--author=agent:claude",
    ]);
    expect(code).toBe(0);
    const text = readFileSync(join(root, "constitution.md"), "utf8");
    for (const has of [
      "* Language: Go\n",
      "- Each service owns its data",
      "A paragraph, and a fence:",
      "## Security\n\n- Secrets do not appear in logs\n",
    ])
      expect(text).toContain(has);
    expect(runsIn(root)).toMatchObject([
      { command: "constitution", author: "agent:claude", file: "constitution.md" },
    ]);
  });

  test.each([
    { argv: ["--prompt", " "], says: "What shall hold? Say it: speckit constitution --prompt" },
    {
      argv: [],
      says: 'There is no constitution.md. Write one: speckit constitution --prompt "WHAT HOLDS FOR EVERY SERVICE".',
    },
  ])("$argv is refused with a sentence", async ({ argv, says }) => {
    const { code, out, err } = await runCli(folderWith({ "README.md": "# Shop\n" }), [
      "constitution",
      ...argv,
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
  });
});
