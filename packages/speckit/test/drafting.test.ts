import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Assignment, Author, AuthorRun } from "../src/authoring/author.ts";
import { draft } from "../src/authoring/draft.ts";
import { parseSpec } from "../src/parse/spec.ts";
import { parseTaskList } from "../src/parse/task-list.ts";
import { folderWith, runCli } from "./run-cli.ts";

const constitution = `# E-Commerce Platform Constitution

## Core Principles
- Each service owns its data (no shared databases)
- All services must expose health checks
- API-first design (OpenAPI specs required)

## Technology Stack
- Language: Python (FastAPI)
- Database: PostgreSQL per service
- Message Bus: RabbitMQ
- Authentication: JWT tokens

## Reliability
- A synchronous call to another service waits 2 seconds at most
- A change and the events that tell of it are stored in one transaction
- A consumer stores the id of an event, so that a second delivery changes nothing
- A message that cannot be processed is tried three more times, then goes to the dead-letter queue
`;
const operation = (summary: string) =>
  `    post:\n      summary: ${summary}\n      responses:\n        '200':\n          description: Good\n        '401':\n          description: Refused\n`;
const api = (paths: Readonly<Record<string, string>>) =>
  `openapi: 3.0.0\ninfo:\n  title: API\n  version: v1\npaths:\n${Object.entries(paths)
    .map(([path, summary]) => `  ${path}:\n${operation(summary)}`)
    .join("")}`;
const authApi = api({ "/api/v1/auth/login": "User login", "/api/v1/auth/validate": "Validate JWT token" });
const authSpec = `# JWT Authentication Service Specification

## Service Overview

### Service Name
auth-service

### Service Boundary
**Responsible for:**
- User authentication (login/logout)

## User Scenarios

### P1: User Login
**Given** a registered user with email and password
**When** user submits login credentials
**Then** system returns JWT access token

### P2: Token Validation
**Given** a request with JWT token
**When** service validates token
**Then** returns user ID and roles if valid
`;
const authDir = "services/auth-service";
const userDir = "services/user-service";
const userSpec = `${userDir}/specs/001-user-profile/spec.md`;
const prompt =
  "Create user profile service that depends on auth-service for authentication and publishes user.profile.created";

const shop = (more: Readonly<Record<string, string>> = {}) =>
  folderWith({
    "constitution.md": constitution,
    [`${authDir}/specs/001-jwt-authentication/spec.md`]: authSpec,
    [`${authDir}/contracts/api-spec.yaml`]: authApi,
    ...more,
  });

function standIn(root: string, dir: string): string {
  mkdirSync(join(root, dir), { recursive: true });
  return join(root, dir);
}
const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");
const write = (root: string, file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const specIn = (root: string, file: string) => {
  const text = read(root, file);
  return parseSpec({ file, text, bytes: text.length });
};
const tasksIn = (root: string, file: string) => {
  const text = read(root, file);
  return parseTaskList({ file, text, bytes: text.length });
};

describe("specify", () => {
  test("takes boundary, dependency, failure mode and events from prompt, catalog and constitution", async () => {
    const root = shop();
    const cwd = standIn(root, `${userDir}/specs/001-user-profile`);
    const { code, out } = await runCli(join(cwd, "../.."), ["specify", prompt]);
    expect(code).toBe(0);
    expect(out).toContain("✅ spec.md: All required sections present");
    const spec = specIn(root, userSpec);
    expect(spec.serviceName?.text).toBe("user-service");
    expect(spec.notResponsible).toMatchObject([{ owner: "auth-service" }]);
    expect(spec.upstream).toMatchObject([
      {
        service: "auth-service",
        purpose: "Token validation (POST /api/v1/auth/validate)",
        failureMode: "Return 401, don't cache; return 503 when there is no answer within 2 seconds",
      },
    ]);
    expect(spec.publishes.map(({ event }) => event)).toEqual(["user.profile.created"]);
    expect(spec.scenarios.every(({ steps }) => steps.length === 3)).toBe(true);
    // Nobody said what the event carries and who needs it, and nothing else is asked.
    expect(spec.clarifications.map(({ text }) => text)).toEqual([
      "Which properties does user.profile.created carry?",
      "Who needs user.profile.created?",
    ]);
    expect((await runCli(cwd, ["validate", "--spec"])).code).toBe(0);
  });

  test.each([
    { prompt: "Customers can return an order", slug: "002-customers-can-return-order" },
    { prompt: "Add password reset", slug: "002-password-reset" },
    { prompt: "Create a service", slug: "002-feature" },
  ])("'$prompt' is written to $slug", async ({ prompt: words, slug }) => {
    const root = shop();
    const { code } = await runCli(root, ["specify", "--service=auth-service", words]);
    expect(code).toBe(0);
    expect(readdirSync(join(root, authDir, "specs")).sort()).toEqual(["001-jwt-authentication", slug]);
    expect(readdirSync(join(root, authDir, "specs", slug))).toEqual(["spec.md"]);
  });

  test.each([
    {
      asked: "Customers can place, cancel and list orders",
      titles: ["Customer Place Orders", "Customer Cancel Orders", "Customer List Orders"],
      consumes: [],
    },
    {
      asked: "Send emails service that consumes order.created from order-service",
      titles: ["Order Created Received"],
      consumes: [{ event: "order.created", from: "order-service" }],
    },
  ])("'$asked' becomes scenarios", async ({ asked, titles, consumes }) => {
    const root = shop();
    await runCli(root, ["specify", "--service=mail-service", asked]);
    const [slug = ""] = readdirSync(join(root, "services/mail-service/specs"));
    const spec = specIn(root, `services/mail-service/specs/${slug}/spec.md`);
    expect(spec.stories.map(({ title }) => title)).toEqual(titles);
    expect(spec.consumes).toMatchObject(consumes);
    expect(spec.upstream).toEqual([]);
  });

  test("without a prompt a service is described by its contract", async () => {
    const root = shop({
      [`${userDir}/contracts/api-spec.yaml`]: api({ "/api/v1/users": "Create user profile" }),
    });
    expect((await runCli(root, ["specify", "--service=user-service"])).code).toBe(0);
    const spec = specIn(root, `${userDir}/specs/001-user/spec.md`);
    expect(spec.stories.map(({ title }) => title)).toEqual(["Create User Profile"]);
  });

  test("of ten at once each has a number of its own", async () => {
    const root = shop();
    const asked = Array.from({ length: 10 }, (_, index) => `Add report ${"abcdefghij"[index]}`);
    const runs = await Promise.all(
      asked.map((words) => runCli(root, ["specify", "--service=auth-service", words])),
    );
    expect(runs.map(({ code }) => code)).toEqual(asked.map(() => 0));
    const folders = readdirSync(join(root, authDir, "specs")).sort();
    expect(folders.map((name) => name.slice(0, 3))).toEqual(
      Array.from({ length: 11 }, (_, index) => String(index + 1).padStart(3, "0")),
    );
    for (const name of folders) expect(existsSync(join(root, authDir, "specs", name, "spec.md"))).toBe(true);
  });

  test.each([
    { argv: ["specify", "--service=mail-service"], says: "What shall be specified?" },
    { argv: ["specify", "Add password reset"], says: "Which service is it for?" },
    { argv: ["specify", "--service=../../etc", "Add password reset"], says: "is no name of a service" },
    {
      argv: ["specify", "--service=auth-service", "--author=agent:claude", "Add"],
      says: "Claude Code is not installed",
    },
    { argv: ["specify", "--service=auth-service", "--author=me", "Add"], says: "There is no author 'me'" },
    { argv: ["plan", "--service=user-service"], says: "There is no service 'user-service'" },
    { argv: ["clarify", "--service=auth-service", "--answer", "99=Yes"], says: "There is no open point 99" },
  ])("$argv is refused with a sentence and writes nothing", async ({ argv, says }) => {
    const root = shop();
    const { code, out, err } = await runCli(root, argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(says);
    expect(readdirSync(join(root, authDir, "specs"))).toEqual(["001-jwt-authentication"]);
  });

  test("a folder that is a link out of the workspace is not written into", async () => {
    const outside = folderWith({ "README.md": "Elsewhere" });
    const linked = folderWith({
      "constitution.md": constitution,
      "services/auth-service": { linkTo: outside },
    });
    const { code } = await runCli(linked, ["specify", "--service=auth-service", "Add password reset"]);
    expect(code).toBe(2);
    expect(readdirSync(outside)).toEqual(["README.md"]);
  });
});

describe("plan and tasks", () => {
  test("the plan names what the constitution chooses, and open questions do not block it", async () => {
    const root = shop();
    const cwd = standIn(root, `${authDir}/specs/001-jwt-authentication`);
    expect(await runCli(cwd, ["plan"])).toMatchObject({ code: 0 });
    const text = read(root, `${authDir}/specs/001-jwt-authentication/plan.md`);
    for (const component of [
      "- FastAPI framework",
      "- JWT library (PyJWT)",
      "- PostgreSQL for user credentials",
      "- Redis for token blacklist",
      "- bcrypt for password hashing",
    ])
      expect(text.split("\n")).toContain(component);
    standIn(root, `${userDir}/specs/001-user-profile`);
    await runCli(join(root, userDir), ["specify", prompt]);
    expect(await runCli(join(root, userDir), ["plan"])).toMatchObject({ code: 0 });
    expect(await runCli(join(root, userDir), ["tasks"])).toMatchObject({ code: 0 });
  });

  test("every story, requirement, operation and event has tasks, tests first", async () => {
    const root = shop();
    const cwd = standIn(root, `${userDir}/specs/001-user-profile`);
    await runCli(cwd, ["specify", `${prompt}, and consumes order.created from order-service`]);
    write(root, `${userDir}/contracts/api-spec.yaml`, api({ "/api/v1/users": "Create user profile" }));
    await runCli(cwd, ["tasks"]);
    const file = `${userDir}/specs/001-user-profile/tasks.md`;
    const { tasks, phases } = tasksIn(root, file);
    const spec = specIn(root, userSpec);
    const covered = new Set(tasks.flatMap(({ covers }) => covers));
    for (const { id } of [...spec.stories, ...spec.requirements]) expect(covered).toContain(id);
    for (const name of ["POST /api/v1/users", "user.profile.created", "order.created"])
      expect(covered).toContain(name);
    const titles = tasks.map(({ title }) => title);
    for (const title of ["Outbox", "Inbox", "Dead-Letter Queue", "Dockerfile", "Health Check Endpoint"])
      expect(titles).toContain(title);
    expect(titles.indexOf("Contract Test Of POST /api/v1/users")).toBeLessThan(
      titles.indexOf("Operation POST /api/v1/users"),
    );
    expect(phases.at(0)?.title).toContain("Foundation");
    expect(phases.at(-1)?.title).toContain("Deployment");
    const place = new Map(tasks.map(({ id }, index) => [id, index]));
    // The seed's own order: the health check waits for the Dockerfile, everything else for what stands above.
    for (const [index, { dependencies }] of tasks.entries())
      for (const { text } of dependencies.tasks) expect(place.get(text)).toBeLessThan(index);
    const { out } = await runCli(cwd, ["validate", "--tasks", "--json"]);
    expect((JSON.parse(out) as { findings: unknown[] }).findings).toEqual([]);
  });

  test.each([
    { form: "microservices", first: /^### Task 1\.1: Project Setup$/m },
    { form: "spec-kit", first: /^- \[ \] T001 Project Setup in `pyproject\.toml`/m },
  ])("tasks.form $form", async ({ form, first }) => {
    const root = shop({ ".speckit.config.json": JSON.stringify({ tasks: { form } }) });
    const { code, out } = await runCli(root, ["tasks", "--service=auth-service", "--stdout"]);
    expect(code).toBe(0);
    expect(out).toMatch(first);
    const { tasks } = parseTaskList({ file: "tasks.md", text: out, bytes: out.length });
    expect(tasks.length).toBeGreaterThan(8);
    expect(tasks.every(({ files }) => files.length > 0)).toBe(true);
    expect(existsSync(join(root, authDir, "specs/001-jwt-authentication/tasks.md"))).toBe(false);
  });

  test.each([
    { auto_validate: true, shows: true },
    { auto_validate: false, shows: false },
  ])("validation.auto_validate: $auto_validate", async ({ auto_validate, shows }) => {
    const root = shop({ ".speckit.config.json": JSON.stringify({ validation: { auto_validate } }) });
    const { out } = await runCli(root, ["plan", "--service=auth-service"]);
    expect(out.includes("No TODO/TBD placeholders found")).toBe(shows);
  });
});

describe("running a command again revises", () => {
  const tasksFile = `${authDir}/specs/001-jwt-authentication/tasks.md`;
  const specFile = `${authDir}/specs/001-jwt-authentication/spec.md`;
  const tasks = (root: string) => runCli(root, ["tasks", "--service=auth-service"]);

  test("the same again changes no byte", async () => {
    const root = shop();
    for (const command of ["plan", "tasks"]) {
      await runCli(root, [command, "--service=auth-service"]);
      const file = `${authDir}/specs/001-jwt-authentication/${command}.md`;
      const before = read(root, file);
      expect((await runCli(root, [command, "--service=auth-service"])).out).toContain("is up to date");
      expect(read(root, file)).toBe(before);
    }
  });

  test("ticks, ids and a person's text stay; a new scenario adds tasks; a dropped one's are struck out", async () => {
    const root = shop();
    await tasks(root);
    const mine = "- Acceptance: User model with email, password_hash, created_at";
    const edited = read(root, tasksFile)
      .replace("### Task 1.1:", "### ✅ Task 1.1:")
      .replace(/- Acceptance: .* model in .*/, mine);
    write(root, tasksFile, `${edited}\n## Notes\n\nAda asks Grace about Redis.\n`);
    const before = tasksIn(root, tasksFile).tasks.map(({ id, title }) => `${id} ${title}`);
    const [head = ""] = authSpec.split("### P2");
    write(
      root,
      specFile,
      `${head}### P3: Token Refresh\n**Given** a refresh token\n**When** it is sent\n**Then** a new one comes\n`,
    );
    const { out, code } = await tasks(root);
    expect(code).toBe(0);
    expect(out).toContain("Added: Task ");
    expect(out).toContain("Dropped: Task ");
    const after = tasksIn(root, tasksFile);
    const names = after.tasks.map(({ id, title }) => `${id} ${title.replace(/~~/g, "")}`);
    for (const name of before) expect(names).toContain(name);
    expect(new Set(after.tasks.map(({ id }) => id)).size).toBe(after.tasks.length);
    expect(after.tasks.find(({ id }) => id === "1.1")?.state).toBe("done");
    expect(after.tasks.find(({ title }) => title.includes("Scenario Test: Token Validation"))?.state).toBe(
      "dropped",
    );
    expect(after.tasks.find(({ title }) => title === "Scenario Test: Token Refresh")?.state).toBe("open");
    expect(read(root, tasksFile)).toContain(mine);
    expect(read(root, tasksFile)).toContain("Ada asks Grace about Redis.");
  });

  test("without a record of what was drafted everything stays", async () => {
    const root = shop({
      [tasksFile]: "# Tasks\n\n## Phase 1: Foundation\n\n### Task 1.1: Repository\n- File: README.md\n",
    });
    rmSync(join(root, ".speckit"), { recursive: true, force: true });
    await tasks(root);
    const { tasks: after } = tasksIn(root, tasksFile);
    expect(after[0]).toMatchObject({ id: "1.1", title: "Repository", state: "open" });
    expect(after.find(({ title }) => title === "Project Setup")?.id).toBe("1.2");
  });

  test("--force writes the draft anew", async () => {
    const root = shop({ [tasksFile]: "# Tasks\n\n### Task 1.1: Repository\n- File: README.md\n" });
    await runCli(root, ["tasks", "--service=auth-service", "--force"]);
    expect(read(root, tasksFile)).not.toContain("Repository");
  });

  test("a contract that came later brings its operations into the specification", async () => {
    const root = shop();
    const cwd = standIn(root, `${userDir}/specs/001-user-profile`);
    await runCli(cwd, ["specify", prompt]);
    write(
      root,
      userSpec,
      read(root, userSpec).replace("- User profile\n", "- User profile\n- Avatar images\n"),
    );
    write(root, `${userDir}/contracts/api-spec.yaml`, api({ "/api/v1/users": "Create user profile" }));
    expect((await runCli(cwd, ["specify"])).code).toBe(0);
    const spec = specIn(root, userSpec);
    expect(spec.responsible.map(({ text }) => text)).toContain("Avatar images");
    const added = spec.stories.find(({ title }) => title === "Create User Profile");
    expect(added?.id).toBe("P4");
    expect(spec.stories.find(({ id }) => id === "P1")?.withdrawn).toBe(true);
    expect(spec.requirements.find(({ text }) => text.includes("POST /api/v1/users"))?.mentions).toContain(
      "P4",
    );
  });
});

describe("clarify", () => {
  const file = `${authDir}/specs/001-jwt-authentication/spec.md`;
  const open = `${authSpec}
## Functional Requirements

- **FR-001**: The service MUST answer fast (P1: User Login)

## Service Dependencies

### Upstream Services
| Service | Purpose | Failure Mode |
|---------|---------|--------------|
| mail-service | Mails | [NEEDS CLARIFICATION: What when it is down?] |
`;

  test("answers are written where their questions stand, and nothing else changes", async () => {
    const root = shop({ [file]: open.replace(/\n/g, "\r\n") });
    const listed = await runCli(root, ["clarify", "--service=auth-service", "--json"]);
    const points = (JSON.parse(listed.out) as { open: { number: number; kind: string; text: string }[] })
      .open;
    expect(points.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "weak-word fast",
      "question What when it is down?",
    ]);
    const answers = ["--answer", "1=within 500 ms", "--answer", "2=Queue | retry"];
    expect((await runCli(root, ["clarify", "--service=auth-service", ...answers])).code).toBe(0);
    expect(read(root, file)).toBe(
      open
        .replace("fast", "within 500 ms")
        .replace("[NEEDS CLARIFICATION: What when it is down?]", "Queue \\| retry")
        .replace(/\n/g, "\r\n"),
    );
  });

  test("an operation without a scenario gets one", async () => {
    const root = shop({
      [`${authDir}/contracts/api-spec.yaml`]: api({ "/api/v1/sessions": "List sessions" }),
    });
    const answer =
      "1=Sessions Listed: Given a signed-in user, when they list their sessions, then system returns them";
    await runCli(root, ["clarify", "--service=auth-service", "--answer", answer]);
    expect(specIn(root, file).stories.at(-1)).toMatchObject({
      id: "P3",
      title: "Sessions Listed",
      scenarios: [{}],
    });
    const refused = await runCli(root, ["clarify", "--service=auth-service", "--answer", "1=Yes"]);
    expect(refused.code).toBe(2);
  });
});

describe("the loop of draft, check and revision", () => {
  const finding = { severity: "error" } as never;
  const author = (texts: readonly string[]): Author & { rounds: number } => ({
    id: "scripted",
    rounds: 0,
    async draft() {
      return texts[this.rounds++] ?? "";
    },
  });
  test.each([
    { given: "a good draft", texts: ["good"], rounds: 1, text: "good" },
    { given: "one that is mended", texts: ["bad", "good"], rounds: 2, text: "good" },
    { given: "one that never gets good", texts: ["bad", "bad 2", "bad bad", "good"], rounds: 3, text: "bad" },
    { given: "the same again", texts: ["bad", "bad", "good"], rounds: 2, text: "bad" },
  ])("$given ends after $rounds", async ({ texts, rounds, text }) => {
    const scripted = author(texts);
    const judge = (one: string) => Array.from(one.matchAll(/bad/g), () => finding);
    expect(await draft(scripted, {} as Assignment, judge, {} as AuthorRun)).toMatchObject({ text });
    expect(scripted.rounds).toBe(rounds);
  });
});
