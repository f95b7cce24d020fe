import type { CallableOperation } from "../../model/callable-operation.ts";
import type { Locate, Location } from "../../model/location.ts";
import type { Feature, Service, Workspace } from "../../model/workspace.ts";

/** What is documented, and where texts and lines of its files come from. */
export interface Subject {
  readonly workspace: Workspace;
  readonly service: Service;
  /** Undefined for a service that has no specification. */
  readonly feature: Feature | undefined;
  readonly textOf: (file: string) => string | undefined;
  /** The operations of a contract with their bodies. */
  readonly operationsIn: (file: string) => readonly CallableOperation[];
  readonly locate: Locate;
}

/** A place in a file, and what stands there. */
export interface Reference {
  readonly file: string;
  readonly line: number;
  /** A word of that line, by which the place is found again; undefined where nothing there has a name. */
  readonly name: string | undefined;
}

/** A path as documents of the service write it: from its folder, or from the root for what stands elsewhere. */
export function pathIn({ service: { dir } }: Pick<Subject, "service">, file: string): string {
  return dir !== "." && file.startsWith(`${dir}/`) ? file.slice(dir.length + 1) : file;
}

/** The lines of a file; none when it cannot be read. */
export function linesOf({ textOf }: Pick<Subject, "textOf">, file: string): string[] {
  return (textOf(file) ?? "").split(/\r\n?|\n/);
}

/** Refers to a place by the first of the names that stands on its line. */
export function referenceTo(subject: Subject, at: Location, ...names: readonly string[]): Reference {
  const line = linesOf(subject, at.file)[at.line - 1] ?? "";
  return { file: at.file, line: at.line, name: names.find((name) => name !== "" && line.includes(name)) };
}

/** Files come sorted, so those of one folder stand together: a fleet has many. */
export function filesBelow(dir: string, files: readonly string[]): readonly string[] {
  if (dir === ".") return files;
  return files.slice(firstFrom(files, `${dir}/`), firstFrom(files, `${dir}0`));
}

/** Index of the first file that does not come before a text. `0` follows on `/`. */
function firstFrom(files: readonly string[], text: string): number {
  let [low, high] = [0, files.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((files[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
