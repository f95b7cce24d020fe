import type { Frame } from "./error-report.ts";

/** A frame in a file of the workspace. */
export interface OwnFrame extends Frame {
  /** As written in the error. */
  readonly written: string;
}

const foreign = /(?:^|\/)(?:node_modules|site-packages|dist-packages|vendor|\.cargo)\/|^node:|^internal\//;
/** What is built of TypeScript has the name of its source, in another folder. */
const built = /(?:^|\/)(?:dist|build|out|lib|\.next)\//;

/**
 * Frames whose file is in the workspace. The error may come from another machine, or from built code: the longest ending of the path that is a file here
 * counts, in the service that is known to have failed where several have it.
 */
export function ownFrames(
  frames: readonly Frame[],
  files: readonly string[],
  dirs: readonly string[],
): OwnFrame[] {
  const byName = new Map<string, string[]>();
  for (const file of files) {
    const name = nameIn(file);
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  return frames.flatMap((frame) => {
    const written = frame.file.replaceAll("\\", "/");
    if (foreign.test(written)) return [];
    const found = spellingsOf(written)
      .map((path) => bestMatch(path, byName.get(nameIn(path)) ?? [], dirs))
      .find((file) => file !== undefined);
    return found === undefined ? [] : [{ ...frame, file: found, written }];
  });
}

function spellingsOf(path: string): string[] {
  const sources = path.match(/\.[cm]?jsx?$/)
    ? [path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2"), path.replace(/\.js$/, ".tsx")]
    : [];
  const all = [path, ...sources];
  return [...all, ...all.filter((one) => built.test(one)).map((one) => one.replace(built, "/src/"))];
}

function bestMatch(path: string, candidates: readonly string[], dirs: readonly string[]): string | undefined {
  const scored = candidates
    .map((file) => ({
      file,
      common: commonEnding(path, file),
      near: dirs.some((dir) => file.startsWith(`${dir}/`)),
    }))
    // A bare name such as index.ts is in every folder: it has to be the only one, or in the service that failed.
    .filter(({ common, near }) => common > 1 || near || candidates.length === 1)
    .sort((a, b) => b.common - a.common || Number(b.near) - Number(a.near));
  const [first, second] = scored;
  if (!first) return undefined;
  return second && second.common === first.common && second.near === first.near ? undefined : first.file;
}

function commonEnding(a: string, b: string): number {
  const [left, right] = [a.split("/").reverse(), b.split("/").reverse()];
  let length = 0;
  while (length < right.length && left[length] === right[length]) length++;
  return length;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
