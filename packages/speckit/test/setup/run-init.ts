import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { folderWith } from "../run-cli.ts";
import { runIn } from "../sessions.ts";

export interface InitJson {
  readonly files: readonly { path: string; action: string; beside?: string; reason?: string }[];
  readonly rejected: readonly string[];
  readonly githubSpecKit: readonly string[];
  readonly services: readonly { name: string; dir: string }[];
  readonly agents: readonly { key: string; written: boolean }[];
}

/** A user's own folder that no test shares with another. */
export const emptyHome = () => folderWith({});

/** Sets a folder up, and gives what became of each file. */
export async function setUp(root: string, argv: readonly string[], home = emptyHome()) {
  const { code, out, err } = await runIn(root, ["init", ".", "--json", ...argv], { HOME: home });
  expect(code, err).toBe(0);
  const outcome = JSON.parse(out) as InitJson;
  const actionOf = (path: string) => outcome.files.find((file) => file.path === path)?.action;
  return { ...outcome, actionOf };
}

/** Every file of a folder with its content; links by where they lead. */
export function snapshot(root: string, below = ""): Record<string, string> {
  const entries = readdirSync(join(root, below), { withFileTypes: true }).map((entry) => {
    const file = below === "" ? entry.name : `${below}/${entry.name}`;
    if (file === ".git" || file === ".speckit/cache") return {};
    if (entry.isSymbolicLink()) return { [file]: `-> ${readlinkSync(join(root, file))}` };
    return entry.isDirectory() ? snapshot(root, file) : { [file]: read(root, file) };
  });
  return Object.assign({}, ...entries) as Record<string, string>;
}

export const read = (root: string, file: string) => readFileSync(join(root, file), "utf8");
export const write = (root: string, file: string, text: string) => writeFileSync(join(root, file), text);
