import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll } from "vitest";
import { main } from "../src/cli/main.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What stands in a file: text, bytes, or a link. */
export type Content = string | Uint8Array | { readonly linkTo: string };

/** A folder with these files, removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, Content>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "speckit-test-")));
  folders.push(root);
  for (const [file, content] of Object.entries(files)) {
    const path = join(root, file);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "object" && "linkTo" in content) symlinkSync(content.linkTo, path);
    else writeFileSync(path, content);
  }
  return root;
}

/** Runs one command line as a shell in `cwd` would, without starting a process. */
export async function runCli(
  cwd: string,
  argv: readonly string[],
  color = false,
  input?: string | Uint8Array,
  env: Readonly<Record<string, string | undefined>> = {},
) {
  let out = "";
  let err = "";
  const code = await main(argv, {
    cwd,
    env,
    color,
    columns: 80,
    isTerminal: false,
    now: () => Date.parse("2026-11-23T12:00:00Z"),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
    input: () => (input === undefined ? undefined : piped(input)),
    interrupted: () => new Promise(() => {}),
  });
  return { code, out, err };
}

async function* piped(input: string | Uint8Array) {
  yield typeof input === "string" ? new TextEncoder().encode(input) : input;
}
