import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { main } from "../../src/cli/main.ts";
import { folderWith } from "../run-cli.ts";

/** A platform of two services, one of which has a specification already. */
export function shop(more: Readonly<Record<string, string>> = {}): string {
  return folderWith({
    "constitution.md": `# Shop Constitution

## Core Principles
- Each service owns its data (no shared databases)
- All services must expose health checks

## Technology Stack
- Language: TypeScript (Fastify)
- Database: PostgreSQL per service
`,
    "services/auth-service/specs/001-login/spec.md": goodSpec("auth-service", "Login"),
    "services/user-service/contracts/api-spec.yaml":
      "openapi: 3.0.0\ninfo:\n  title: Users\n  version: v1\npaths:\n  /api/v1/users:\n    post:\n      summary: Create user\n      responses:\n        '201':\n          description: Created\n",
    ...more,
  });
}

export function goodSpec(service: string, title: string): string {
  return `# ${title} Service Specification

## Service Overview

### Service Name
${service}

### Service Boundary
**Responsible for:**
- ${title} of people who have an account

## User Scenarios

### P1: ${title}
**Given** a person who has an account and knows the password
**When** the person asks for ${title} with the right password
**Then** the service answers with a token that is good for 15 minutes

## Functional Requirements

- **FR-001**: The service answers within 200 milliseconds when the database does
- **FR-002**: The service stores no password in plain text
`;
}

/** A folder of programs to put on the PATH: real processes, each a script with what it does. */
export function programs(
  scripts: Readonly<Record<string, string>>,
  interpreter: string = process.execPath,
): string {
  const folder = folderWith({ "package.json": '{ "type": "commonjs" }' });
  for (const [name, source] of Object.entries(scripts)) {
    const path = join(folder, name);
    writeFileSync(path, `#!${interpreter}\n${prelude}\n${source}\n`);
    chmodSync(path, 0o755);
  }
  return folder;
}

/** What every script has: its prompt, and a way to note that it ran. */
const prelude = `
const fs = require("node:fs");
const prompt = fs.readFileSync(0, "utf8");
const say = (event) => console.log(JSON.stringify(event));
const notes = process.env.NOTES;
if (notes) fs.appendFileSync(notes, JSON.stringify({ argv: process.argv.slice(2), prompt, pid: process.pid, cwd: process.cwd() }) + "\\n");
const runs = notes ? fs.readFileSync(notes, "utf8").trim().split("\\n").length : 1;
const document = (text) => "Here it is.\\n<document>\\n" + text + "</document>\\n";
`;

/** What programs noted of themselves. */
export function notesIn(file: string): { argv: string[]; prompt: string; pid: number; cwd: string }[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { argv: string[]; prompt: string; pid: number; cwd: string });
}

export interface Staged {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly interrupted?: Promise<void>;
  readonly redraws?: boolean;
  /** Runs the scripts, instead of Node. */
  readonly interpreter?: string | undefined;
}

/** Runs one command line with an environment, as a shell would. */
export async function runIn({ cwd, env = {}, interrupted, redraws }: Staged, argv: readonly string[]) {
  let out = "";
  let err = "";
  const code = await main(argv, {
    cwd,
    env,
    color: false,
    columns: 80,
    isTerminal: false,
    ...(redraws === undefined ? {} : { redraws }),
    now: Date.now,
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
    input: () => undefined,
    interrupted: () => interrupted ?? new Promise(() => {}),
  });
  return { code, out, err };
}

/** Every file below a folder with its text: what a run left behind. */
export function everythingBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
}

/** The records of runs, the oldest first. */
export function runsIn(root: string): Record<string, unknown>[] {
  const folder = join(root, ".speckit/runs");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

export function write(root: string, file: string, text: string): void {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** The specification that `specifyBy` asks for. */
export const userSpec = "services/user-service/specs/001-user-profile/spec.md";

/** Runs `specify` with agents that do what their scripts say. */
export async function specifyBy(
  scripts: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  { cwd = shop(), env = {}, interpreter, ...more }: Partial<Staged> = {},
) {
  const notes = join(folderWith({}), "notes");
  const path = { PATH: programs(scripts, interpreter), NOTES: notes, ...env };
  const named = flags.some((flag) => flag.startsWith("--author"))
    ? []
    : [`--author=agent:${Object.keys(scripts)[0]}`];
  const argv = ["specify", "--service=user-service", "Create user profile", ...named, ...flags];
  const result = await runIn({ cwd, env: path, ...more }, argv);
  return { ...result, cwd, notes: notesIn(notes), written: existsSync(join(cwd, userSpec)) };
}
