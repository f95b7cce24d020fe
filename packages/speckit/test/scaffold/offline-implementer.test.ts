import { describe, expect, test } from "vitest";
import { type Files, generate, implement } from "./generate.ts";
import { alone, fleet, names } from "./shapes.ts";

const tasks = `# Implementation Tasks: Sign-In

## Phase 1: Foundation

### Task 1.1: Project Setup
- File: package.json, src/app.ts, src/service.ts, src/store/migrations.ts
- Type: Configuration
- Acceptance: Can run \`npm run build\`

### Task 1.2: Operation POST /api/v1/auth/login
- File: src/routes/auth-login.ts
- Type: Implementation
- Acceptance: Answers 200

### Task 1.3: Lock-Out
- File: src/domain/lock-out.ts
- Type: Implementation
- Acceptance: Ten wrong passwords lock

### Task 1.5: Rules Of P1: User Login
- File: src/routes/auth-login.ts
- Type: Implementation
- Acceptance: \`npx vitest run test/scenarios/user-login.test.ts\` passes

### Task 1.4: Rules
- Type: Implementation
- Acceptance: They hold
`;

const dir = "services/auth-service";
const withTasks: Files = { ...fleet, [`${dir}/specs/001-sign-in/tasks.md`]: tasks };
const written = async (files: Files, id: string, service = "auth-service") =>
  (await implement(files, service, id)).answer;

describe("a service that is written offline", () => {
  test.each(names)("%s has every file that its tasks name, or says why not", async (name) => {
    const { files, answers } = await generate(fleet, name);
    for (const { task, answer } of answers) {
      if (answer.declined)
        expect(answer.said, task.title).toMatch(
          / (?:task again|write it)\.$| is for an agent or a person to write: see /,
        );
      else
        for (const file of task.files) expect(files, task.title).toHaveProperty([`services/${name}/${file}`]);
    }
  });

  test("is written from a list in the other form as well", async () => {
    const config = { ".speckit.config.json": '{ "tasks": { "form": "spec-kit" } }' };
    const [headings, boxes] = await Promise.all([
      generate(fleet, "order-service"),
      generate({ ...fleet, ...config }, "order-service"),
    ]);
    expect(boxes.answers[0]?.task.id).toBe("T001");
    const sources = (files: Files) => Object.entries(files).filter(([file]) => /\.(?:ts|json)$/.test(file));
    expect(Object.fromEntries(sources(boxes.files))).toEqual({
      ...Object.fromEntries(sources(headings.files)),
      ...config,
    });
  });

  test("is the same every time", async () => {
    const [once, again] = await Promise.all([
      generate(fleet, "order-service"),
      generate(fleet, "order-service"),
    ]);
    expect(again.files).toEqual(once.files);
  });

  test("answers 501 with the scenario and the line where it stands", async () => {
    const { files } = await generate(fleet, "auth-service");
    const route = files[`${dir}/src/routes/auth-login.ts`] ?? "";
    const [, line] = /P1: User Login is not written yet: see .*spec\.md:(\d+)\./.exec(route) ?? [];
    const spec = fleet[`${dir}/specs/001-sign-in/spec.md`]?.split("\n") ?? [];
    expect(spec[Number(line) - 1]).toBe("### P1: User Login");
    expect(route).toContain("/** `POST /api/v1/auth/login`: User login * / with care */");
  });
});

describe("the files that join the others", () => {
  test("name what is there, and stand-ins for what is not", async () => {
    const setUp = await written(withTasks, "1.1");
    const app = setUp.files.find(({ file }) => file === `${dir}/src/app.ts`)?.text;
    expect(app).toContain('"POST /api/v1/auth/login": noHandler,');
    expect(app).not.toContain("./routes/");

    const after = Object.fromEntries(setUp.files.map(({ file, text }) => [file, text]));
    const operation = await written({ ...withTasks, ...after }, "1.2");
    expect(operation.files.map(({ file }) => file)).toEqual([
      `${dir}/src/routes/auth-login.ts`,
      `${dir}/src/app.ts`,
    ]);
    expect(operation.files[1]?.text).toContain('"POST /api/v1/auth/login": authLoginHandler(dependencies),');
    expect(operation.said).toContain(
      "POST /api/v1/auth/login answers 501. P1: User Login is not written yet",
    );
  });

  test("are not written when nothing about them changes", async () => {
    const { files } = await generate(withTasks, "auth-service");
    const again = await written(files, "1.2");
    expect(again.files.map(({ file }) => file)).toEqual([`${dir}/src/routes/auth-login.ts`]);
  });
});

test("a table stays as it was written when another one comes, whatever its contract says by now", async () => {
  const { files } = await generate(fleet, "payment-service");
  const own = "services/payment-service";
  const first = files[`${own}/src/store/migrations.ts`] ?? "";
  const later: Files = {
    ...files,
    [`${own}/contracts/api-spec.yaml`]: (files[`${own}/contracts/api-spec.yaml`] ?? "").replace(
      "properties: { constructor:",
      "properties: { note: { type: string }, constructor:",
    ),
    [`${own}/specs/002-refunds/spec.md`]: (files[`${own}/specs/001-payments/spec.md`] ?? "").replace(
      "| Transaction |",
      "| Refund |",
    ),
    [`${own}/specs/002-refunds/tasks.md`]:
      "# Tasks\n\n### Task 1.1: Refunds\n- File: src/store/refund.ts\n- Type: Implementation\n",
  };
  const { answer } = await implement(later, "payment-service", "1.1", undefined, `${own}/specs/002-refunds`);
  const text = answer.files.find(({ file }) => file.endsWith("/migrations.ts"))?.text ?? "";
  const blocks = (from: string) => from.match(/^ {2}(?:\w+: )?\{\n[\s\S]*?^ {2}\}[,;]$/gm) ?? [];
  expect(blocks(first)).toHaveLength(2);
  expect(blocks(text)).toHaveLength(4);
  expect(blocks(text)).toEqual(expect.arrayContaining(blocks(first)));
  expect(text.match(/id: ".*"/g)).toEqual(['id: "001-transaction"', 'id: "002-refund"']);
  expect(text).toContain("    note: string | null;");
});

describe("the root of the fleet", () => {
  test.each([
    { given: "none", root: {}, has: '{\n  "private": true,\n  "workspaces": [\n    "services/*"\n  ]\n}\n' },
    { given: "one", root: { "package.json": '{ "name": "shop" }' }, has: undefined },
  ])("with $given package.json is left to whoever wrote it", async ({ root, has }) => {
    const { files } = await written({ ...withTasks, ...root }, "1.1");
    expect(files.find(({ file }) => file === "package.json")?.text).toBe(has);
  });
});

const constitution = (stack: string) => ({
  "constitution.md": `# Shop\n\n## Technology Stack\n- Language: ${stack}\n`,
});

describe("declines with what to do", () => {
  test.each([
    {
      given: "a constitution in Python",
      files: constitution("Python (FastAPI)"),
      id: "1.1",
      says: "in TypeScript, and the constitution or the plan says Python",
    },
    {
      given: "a constitution with Express",
      files: constitution("TypeScript (Express)"),
      id: "1.1",
      says: "built on Fastify, and the constitution or the plan says Express",
    },
    {
      given: "a service that stands already",
      files: { [`${dir}/src/server.ts`]: "export const server = 1;\n" },
      id: "1.1",
      says: "auth-service stands already and is not built on @speckit/service-kit",
    },
    {
      given: "Swagger 2.0",
      files: {
        [`${dir}/contracts/api-spec.yaml`]:
          "swagger: '2.0'\ninfo: { title: A, version: v1 }\npaths: { /a: { get: { responses: { '200': { description: A } } } } }\n",
      },
      id: "1.1",
      says: "is Swagger 2.0, and service-kit reads OpenAPI 3. Convert it",
    },
    {
      given: "what only the scenarios say",
      files: {},
      id: "1.5",
      says: /^P1: User Login is for an agent or a person to write: see .*spec\.md:\d+\. Until then POST \/api\/v1\/auth\/login answers 501\.$/,
    },
    { given: "a business rule", files: {}, id: "1.3", says: "what belongs into src/domain/lock-out.ts" },
    { given: "a task without files", files: {}, id: "1.4", says: '"Rules" names no file' },
  ])("$given", async ({ files, id, says }) => {
    const answer = await written({ ...withTasks, ...files }, id);
    expect(answer).toMatchObject({ files: [], declined: true });
    expect(answer.said).toMatch(says);
  });
});

test("a repository that is one service is written where it stands", async () => {
  const { files } = await generate(alone, "repository", ".");
  expect(files["src/routes/auth-login.ts"]).toContain("P1: User Login is not written yet: see specs/");
  expect(files["package.json"]).toContain('"name": "repository"');
  expect(files.Dockerfile).toContain("COPY contracts contracts");
});

test("an image has the packages that the repository installs from files of its own, and no others", async () => {
  const manifest = JSON.stringify({
    workspaces: ["services/*"],
    dependencies: {
      "@speckit/service-kit": "file:packages/kit-0.1.0.tgz",
      left: "file:../left",
      kysely: "^0.28.0",
    },
    devDependencies: { "@speckit/cli": "file:./packages/cli-0.1.0.tgz" },
  });
  const { files } = await generate({ ...fleet, "package.json": manifest }, "auth-service");
  const copied = files[`${dir}/Dockerfile`]?.split("\n").filter((line) => /^COPY .*packages|left/.test(line));
  expect(copied).toEqual([
    "COPY packages/cli-0.1.0.tgz packages/cli-0.1.0.tgz",
    "COPY packages/kit-0.1.0.tgz packages/kit-0.1.0.tgz",
  ]);
});

test.each([
  { service: "auth-service", at: "services/auth-service" },
  { service: "repository", at: "." },
])("the build of an image of $service sees what its Dockerfile copies, and no more", async ({
  service,
  at,
}) => {
  const { files } = await generate(at === "." ? alone : fleet, service, at);
  const file = (name: string) => files[at === "." ? name : `${at}/${name}`] ?? "";
  const copied = [...file("Dockerfile").matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = ""]) =>
    paths.split(" ").map((path) => path.replace(/^\.\//, "")),
  );
  const seen = [...file("Dockerfile.dockerignore").matchAll(/^!(.+)$/gm)].map(([, path = ""]) => path);
  expect(file("Dockerfile.dockerignore")).toMatch(/^\*$/m);
  expect([...new Set(copied)].sort()).toEqual([...seen].sort());
});
