import { readFileSync, statSync } from "node:fs";
import type { ReadingProblem } from "../model/contract.ts";
import { decodeText } from "../parse/text.ts";
import { parseTree } from "../parse/tree.ts";

const MAX_BYTES = 500_000_000;

interface ReadFile {
  readonly text: string | undefined;
  readonly value: unknown;
  readonly problems: readonly ReadingProblem[];
}

/** Reads YAML and JSON files anywhere on the machine, by absolute path and each once: for commands that work outside of a workspace. */
export class FileReader {
  readonly #files = new Map<string, ReadFile>();

  valueOf(path: string): unknown {
    return this.#read(path).value;
  }

  textOf(path: string): string | undefined {
    return this.#read(path).text;
  }

  problemsOf(path: string): readonly ReadingProblem[] {
    return this.#read(path).problems;
  }

  #read(path: string): ReadFile {
    let file = this.#files.get(path);
    if (!file) {
      file = readFile(path);
      this.#files.set(path, file);
    }
    return file;
  }
}

function readFile(path: string): ReadFile {
  const problem = (message: string) => ({
    text: undefined,
    value: undefined,
    problems: [{ rule: "unreadable-file", message, at: { file: path, line: 1, column: 1 } }],
  });
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES)
      return problem(`${path} has ${Math.round(size / 1e6)} MB; files are read up to ${MAX_BYTES / 1e6} MB.`);
    const decoded = decodeText(path, readFileSync(path));
    if (decoded.kind === "none") return { text: undefined, value: undefined, problems: decoded.problems };
    const { value, problems } = parseTree(path, decoded.text);
    return { text: decoded.text, value, problems: [...decoded.problems, ...problems] };
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    return problem(code === "ENOENT" ? `There is no file ${path}.` : `${path} cannot be read: ${code}.`);
  }
}
