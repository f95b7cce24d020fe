/** The path with nameless parameters: what a router sees of it. `/users/{id}` and `/users/{name}` have the same shape. */
export function pathShape(path: string): string {
  return path.replace(/\{[^{}/]*\}/g, "{}");
}

/** The same for a path that a person wrote: `/users/:userId/?full=true` has the shape of `/users/{id}`. */
export function writtenPathShape(path: string): string {
  return pathShape(path)
    .replace(/(?<=\/):[A-Za-z_]\w*/g, "{}")
    .replace(/[?#].*$/, "")
    .replace(/\/$/, "");
}
