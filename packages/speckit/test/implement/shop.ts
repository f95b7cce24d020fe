import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Checkpoint } from "../../src/authoring/implement/checkpoint.ts";
import type {
  Implemented,
  Implementer,
  TaskAssignment,
  WrittenFile,
} from "../../src/authoring/implementer.ts";
import type { ExitCode, Io, Options } from "../../src/cli/command.ts";
import { runAuthor } from "../../src/cli/implement/author-run.ts";
import { withWork } from "../../src/cli/implement/run.ts";
import { once } from "../../src/cli/implement.ts";
import type { ImplementReport } from "../../src/render/implement-report.ts";
import { type Content, folderWith, runCli } from "../run-cli.ts";

export const dir = "services/auth-service";
export const feature = `${dir}/specs/001-jwt-authentication`;
export const tasksFile = `${feature}/tasks.md`;

const schema = new URL("../../schemas/output.schema.json", import.meta.url);
const isPromised = new Ajv2020({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(fileURLToPath(schema), "utf8")) as object,
);

/** What a run printed as JSON; it is as the schema promises. */
export function reportIn(out: string): ImplementReport & { readonly command: string } {
  const report = JSON.parse(out) as ImplementReport & { readonly command: string };
  if (!isPromised(report)) throw new Error(JSON.stringify(isPromised.errors?.slice(0, 5)));
  return report;
}

const spec = `# JWT Authentication Service Specification

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
`;

/** A shop with one service and these tasks. */
export function shopWith(tasks: string, files: Readonly<Record<string, Content>> = {}): string {
  return folderWith({
    "constitution.md": "# Constitution\n\n## Core Principles\n- Each service owns its data\n",
    [`${dir}/package.json`]: '{ "name": "auth-service", "private": true, "type": "module" }\n',
    [`${feature}/spec.md`]: spec,
    [tasksFile]: tasks,
    ...files,
  });
}

/** Runs a command line in which commands of tasks find their programs. */
export const run = (root: string, argv: readonly string[]) =>
  runCli(root, argv, false, undefined, { PATH: process.env.PATH });

export const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");
export const exists = (root: string, file: string) => existsSync(join(root, file));
export const write = (root: string, file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};

/** One task in the seed's form; fields that are not given are left out. */
export function task(id: string, fields: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries(fields).map(([name, value]) => `- ${name}: ${value}`);
  return [`### Task ${id}: Part ${id}`, ...lines].join("\n");
}

export const listOf = (...tasks: readonly string[]) =>
  `# Tasks\n\n## Phase 1: All\n\n${tasks.join("\n\n")}\n`;

/** Answers with what the script says for a task, and remembers what it was asked. */
export function scripted(
  script: (assignment: TaskAssignment, round: number) => Partial<Implemented> | Promise<Partial<Implemented>>,
  id = "model:shop/scripted",
) {
  const asked: TaskAssignment[] = [];
  const implementer: Implementer = {
    id,
    async implement(assignment, run) {
      asked.push(assignment);
      run.used({ input: 1000, output: 234 });
      return { files: [], said: "Done.", ...(await script(assignment, asked.length)) };
    },
  };
  return { implementer, asked };
}

export const file = (path: string, text: string): WrittenFile => ({ file: `${dir}/${path}`, text });

/** Lets an author work through the tasks as `implement --author` does. */
export async function letWork(
  root: string,
  implementer: Implementer,
  options: Options = {},
  more: { readonly io?: Partial<Io>; readonly task?: string; readonly command?: "implement" | "resume" } = {},
) {
  let out = "";
  let err = "";
  const io: Io = {
    cwd: root,
    env: process.env,
    color: false,
    columns: 80,
    isTerminal: false,
    redraws: false,
    now: Date.now,
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
    input: () => undefined,
    ...more.io,
    interrupted: once(more.io?.interrupted ?? (() => new Promise(() => {}))),
  };
  const all = { json: true, ...options };
  const most = typeof options.max === "number" ? options.max : Number.MAX_SAFE_INTEGER;
  const command = more.command ?? "implement";
  const code: ExitCode = await withWork(command, all, io, ({ trial, notes }) =>
    runAuthor({ command, implementer, task: more.task, most, trial, notes }, all, io),
  );
  const report = all.json ? reportIn(out) : undefined;
  return { code, out, err, report };
}

/** What an answer writes: one file. */
export const writes = (path: string, text = "export const made = true;\n") => ({ files: [file(path, text)] });
export const passing = "import test from 'node:test';\ntest('holds', () => {});\n";
export const testOf = (name: string) =>
  `import assert from 'node:assert';\nimport test from 'node:test';\ntest('is made', async () => {\n  const { made } = await import('../src/${name}.js');\n  assert.equal(made, true);\n});\n`;

export const checkpoint = (root: string, id: string) =>
  JSON.parse(read(root, `.speckit/checkpoints/${feature}/task-${id}.json`)) as Checkpoint;

/** Runs a command line and reads its JSON. */
export async function ask(root: string, line: string) {
  const { code, out, err } = await run(root, [...line.split(" "), "--json"]);
  if (out === "") throw new Error(err);
  return { code, err, ...reportIn(out) };
}

/** The second waits for the first, and is accepted by a command. */
export const two = listOf(
  task("1.1", { File: "src/a.js", Acceptance: "A is there" }),
  task("1.2", { File: "src/b.js", Dependencies: "Task 1.1", Acceptance: "`node src/b.js`" }),
);

export const three = listOf(
  task("1.1", { File: "src/a.js", Acceptance: "A is there" }),
  task("1.2", { File: "src/b.js", Dependencies: "Task 1.1", Acceptance: "`node src/b.js`" }),
  task("1.3", { File: "src/c.js", Dependencies: "Task 1.2" }),
);
