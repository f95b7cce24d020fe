import type { CodeFile } from "../../model/code.ts";
import { joinPath } from "../../parse/references.ts";

/** Finds the file that an import means: `./routes/orders` of TypeScript, `app.routes.orders` of Python. */
export function moduleFinder(
  files: readonly CodeFile[],
): (from: CodeFile, module: string) => CodeFile | undefined {
  const byPath = new Map(files.map((file) => [file.file, file]));
  const byStem = new Map(files.map((file) => [stemOf(file.file), file]));
  return (from, module) =>
    from.language === "python"
      ? pythonModule(byStem, from, module)
      : typeScriptModule(byPath, byStem, from, module);
}

/** Without what an import leaves out. */
function stemOf(file: string): string {
  return file.replace(/\.(?:[cm]?[jt]sx?|py)$/, "").replace(/\/(?:index|__init__)$/, "");
}

function typeScriptModule(
  byPath: ReadonlyMap<string, CodeFile>,
  byStem: ReadonlyMap<string, CodeFile>,
  from: CodeFile,
  module: string,
): CodeFile | undefined {
  const path = joinPath(from.file, module);
  return path === undefined ? undefined : (byPath.get(path) ?? byStem.get(stemOf(path)));
}

/** Relative to the importing file, or to any folder above it, since where Python looks is settled when it runs. */
function pythonModule(
  byStem: ReadonlyMap<string, CodeFile>,
  from: CodeFile,
  module: string,
): CodeFile | undefined {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(module) ?? [];
  const path = rest.replaceAll(".", "/");
  const folders = from.file.split("/").slice(0, -1);
  if (dots !== "") {
    const base = folders.slice(0, folders.length - (dots.length - 1));
    return byStem.get([...base, ...(path === "" ? [] : [path])].join("/"));
  }
  for (let depth = folders.length; depth >= 0; depth--) {
    const found = byStem.get([...folders.slice(0, depth), path].join("/"));
    if (found) return found;
  }
  return undefined;
}
