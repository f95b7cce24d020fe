import fs from "node:fs";
import path from "node:path";

/** The path of an installed program; undefined when it is not installed. */
export function findProgram(name: string, firstIn: readonly string[] = []): string | undefined {
  // Servers are often kept where only administrators look.
  const folders = [
    ...firstIn,
    ...(process.env.PATH ?? "").split(path.delimiter),
    "/usr/sbin",
    "/usr/local/sbin",
  ];
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}
