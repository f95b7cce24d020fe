import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../write-file.ts";

const ASIDE = ".speckit/aside";

/** Keeps what was written and cannot stand where it was meant to, where git does not see it; returns where. What was kept before stays. */
export function putAside(root: string, file: string, content: Buffer): string {
  const aside = freeName(root, `${ASIDE}/${file}`, content);
  writeAtomically(join(root, aside), content);
  writeAtomically(join(root, ASIDE, ".gitignore"), "*\n");
  return aside;
}

/** The name, with a number when something else has it. */
function freeName(root: string, file: string, content: Buffer): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? file : `${file}.${number}`;
    const path = join(root, name);
    if (!existsSync(path) || readFileSync(path).equals(content)) return name;
  }
}
