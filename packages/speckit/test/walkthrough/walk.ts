import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { runIn } from "../authors/stage.ts";
import { folderWith } from "../run-cli.ts";

/** A person in a shell: a folder that one stands in, and an environment. */
export class Walk {
  readonly root: string;
  readonly #env: Readonly<Record<string, string>>;
  /** What is written behind every command that drafts or implements. */
  readonly #author: readonly string[];
  #cwd: string;

  constructor(env: Readonly<Record<string, string>>, author: readonly string[]) {
    this.root = join(folderWith({}), "ecommerce-platform");
    mkdirSync(this.root);
    this.#cwd = this.root;
    this.#env = env;
    this.#author = author;
  }

  cd(folder: string): void {
    this.#cwd = join(this.#cwd, folder);
    mkdirSync(this.#cwd, { recursive: true });
  }

  mkdir(folder: string): void {
    mkdirSync(join(this.#cwd, folder), { recursive: true });
  }

  write(file: string, text: string): void {
    const path = join(this.#cwd, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  read(file: string): string {
    return readFileSync(join(this.#cwd, file), "utf8");
  }

  has(file: string): boolean {
    return existsSync(join(this.#cwd, file));
  }

  /** Changes a file as a person would; what is not there cannot be changed. */
  edit(file: string, from: string | RegExp, to: string): void {
    const before = this.read(file);
    const after = before.replace(from, () => to);
    expect(after, `${file} has no ${from}`).not.toBe(before);
    this.write(file, after);
  }

  git(...words: readonly string[]): void {
    const user = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
    const { status, stderr } = spawnSync("git", [...user, ...words], { cwd: this.root, encoding: "utf8" });
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  }

  /** Runs a command that must end with `code`; tells what it printed. */
  async speckit(line: string, prompt?: string, code = 0): Promise<string> {
    const words = [...line.split(" "), ...(prompt === undefined ? [] : [prompt])];
    const { code: ended, out, err } = await runIn({ cwd: this.#cwd, env: this.#env }, words);
    expect(ended, `${line}\n${out}${err}`).toBe(code);
    return out;
  }

  /** The same with whoever drafts and implements here. */
  authored(line: string, prompt?: string): Promise<string> {
    return this.speckit([line, ...this.#author].join(" "), prompt);
  }
}
