import fs from "node:fs";
import path from "node:path";
import type { GeneratedFile } from "./generated-file.ts";

/** How a file differs from what it should be. */
export type Difference =
  | { readonly kind: "missing"; readonly path: string }
  | { readonly kind: "left-over"; readonly path: string }
  | {
      readonly kind: "stale";
      readonly path: string;
      readonly gone: readonly string[];
      readonly come: readonly string[];
    };

/** Compares what is below `root` with what should be there; in `ownFolders` nothing else may be. */
export function differences(
  root: string,
  files: readonly GeneratedFile[],
  ownFolders: readonly string[],
): Difference[] {
  const wanted = new Set(files.map((file) => file.path));
  const leftOver = ownFolders
    .flatMap((folder) => filesBelow(root, folder))
    .filter((file) => !wanted.has(file));
  return [
    ...files.flatMap((file) => differenceOf(root, file)),
    ...leftOver.map((file): Difference => ({ kind: "left-over", path: file })),
  ];
}

function differenceOf(root: string, { path: file, text }: GeneratedFile): Difference[] {
  const place = path.join(root, file);
  if (!fs.existsSync(place)) return [{ kind: "missing", path: file }];
  const present = fs.readFileSync(place, "utf8");
  if (present === text) return [];
  return [{ kind: "stale", path: file, gone: beyond(present, text), come: beyond(text, present) }];
}

/** The lines of a text that another has not, or has fewer times. */
function beyond(text: string, other: string): string[] {
  const left = new Map<string, number>();
  for (const line of other.split("\n")) left.set(line, (left.get(line) ?? 0) + 1);
  return text.split("\n").filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** Files that git would not take are a person's own. */
function filesBelow(root: string, folder: string): string[] {
  const place = path.join(root, folder);
  if (!fs.existsSync(place)) return [];
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.endsWith(`${path.sep}secrets`))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, "/"));
}

const mostLines = 10;

/** One difference in words: the file, then what it says and should not, and the other way round. */
export function describe(difference: Difference): string {
  if (difference.kind === "missing") return `${difference.path} is missing.`;
  if (difference.kind === "left-over") return `${difference.path} belongs to nothing any more.`;
  const lines = [
    ...difference.gone.map((line) => `  - ${line.trim()}`),
    ...difference.come.map((line) => `  + ${line.trim()}`),
  ];
  const more = lines.length > mostLines ? [`  and ${lines.length - mostLines} more lines`] : [];
  return [`${difference.path} is out of date:`, ...lines.slice(0, mostLines), ...more].join("\n");
}
