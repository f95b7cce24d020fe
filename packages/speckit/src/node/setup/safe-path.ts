import { lstatSync, realpathSync, type Stats } from "node:fs";
import { join, posix, sep } from "node:path";

/** Where a file should go nothing may be written. */
export class SetupRefused extends Error {}

/**
 * The path of a file below `base`, which may not exist yet.
 * @throws SetupRefused when it is not below it, or a folder on the way is a link out of it, or a file
 */
export function pathBelow(base: string, file: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no name has them on purpose
  if (posix.isAbsolute(file) || /^[a-z]:|[\0-\x1f\\]/i.test(file) || posix.normalize(file).startsWith(".."))
    throw new SetupRefused(`${JSON.stringify(file)} is no path below ${base}; nothing is written there.`);
  const parts = posix.normalize(file).split("/");
  let folder = base;
  for (const part of parts.slice(0, -1)) {
    folder = join(folder, part);
    const stat = statOf(folder);
    if (stat === undefined) break;
    const shown = folder.slice(base.length + 1);
    if (stat.isSymbolicLink() && !isBelow(base, folder))
      throw new SetupRefused(
        `${shown} is a link out of ${base}; nothing is written there. Make it a folder.`,
      );
    if (!stat.isSymbolicLink() && !stat.isDirectory())
      throw new SetupRefused(`${shown} is a file, but ${file} needs a folder there. Move it away.`);
  }
  return join(base, ...parts);
}

function isBelow(base: string, folder: string): boolean {
  try {
    return `${realpathSync(folder)}${sep}`.startsWith(`${realpathSync(base)}${sep}`);
  } catch {
    return false;
  }
}

/** What stands at a path itself, links not followed; undefined when there is nothing. */
export function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
