/**
 * Whether the builder sees a path: the last pattern decides that names it or a folder above it, and `!` takes back what stands before.
 * Source: https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function letsThrough(ignoreFile: string, path: string): boolean {
  const parts = path.split("/");
  const above = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  let visible = true;
  for (const line of ignoreFile.split("\n")) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const takesBack = line.startsWith("!");
    const pattern = expression(takesBack ? line.slice(1) : line);
    if (above.some((folder) => pattern.test(folder))) visible = takesBack;
  }
  return visible;
}

function expression(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^$(){}|[\]\\]/g, "\\$&")
    .replaceAll("**/", "\0")
    .replaceAll("*", "[^/]*")
    .replaceAll("\0", "(?:.*/)?");
  return new RegExp(`^${source}$`);
}
