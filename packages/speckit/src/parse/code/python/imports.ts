import type { Source } from "../source.ts";

export interface PythonImport {
  /** The name in its module. */
  readonly name: string;
  /** The module that it is taken from: `app.routes`. */
  readonly from: string;
  /** The module that it is, when it is one: `app.routes.orders`. */
  readonly module: string;
}

export function pythonImports(source: Source): Map<string, PythonImport> {
  const imports = new Map<string, PythonImport>();
  for (const { 1: from = "", 2: names = "" } of source.matches(
    /^[ \t]*from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n]+)/gm,
  )) {
    for (const part of names.replace(/[()\\]/g, "").split(",")) {
      const match = /^\s*(\w+)(?:\s+as\s+(\w+))?\s*$/.exec(part);
      if (!match?.[1]) continue;
      const module = from.endsWith(".") ? `${from}${match[1]}` : `${from}.${match[1]}`;
      imports.set(match[2] ?? match[1], { name: match[1], from, module });
    }
  }
  for (const { 1: module = "", 2: alias } of source.matches(/^[ \t]*import\s+([\w.]+)(?:\s+as\s+(\w+))?/gm)) {
    const name = alias ?? module.split(".")[0] ?? "";
    imports.set(name, { name: module, from: module, module });
  }
  return imports;
}
