import fs from "node:fs";

/** The text of a file that another process may take away at any moment. */
export function readOr(file: string, otherwise: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
