import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { writeAtomically } from "../node/write-file.ts";
import { GENERATED_MARK } from "../render/catalog-markdown.ts";
import { UsageError } from "./command.ts";

export const CATALOG_FILE = "docs/SERVICE-CATALOG.md";

/**
 * How the catalog on disk stands to what it should be. `foreign`: a person wrote it, or took the mark of the generator out. `edited`: a person
 * changed it after it was written.
 */
export type CatalogState =
  | { readonly kind: "current" | "missing" | "foreign" | "edited" }
  | { readonly kind: "stale"; readonly line: number };

const seal = / Seal: ([0-9a-f]{16})\. -->/;

/** The catalog with a hash of itself in the mark of the generator, so that a later run sees whether a person changed it. */
export function sealed(markdown: string): string {
  return markdown.replace(" -->", () => ` Seal: ${hashOf(markdown)}. -->`);
}

/** Compares the file with `markdown`, which is sealed. Line ends and spaces before them do not count: editors and git change them. */
export function stateOfCatalog(root: string, markdown: string): CatalogState {
  const path = join(root, CATALOG_FILE);
  if (!existsSync(path)) return { kind: "missing" };
  const present = readFileSync(path, "utf8");
  if (!present.includes(GENERATED_MARK)) return { kind: "foreign" };
  const [before, after] = [present, markdown].map((text) => linesOf(text.replace(seal, " -->"))) as [
    string[],
    string[],
  ];
  const differs = after.findIndex((line, index) => line !== before[index]);
  if (differs === -1 && before.length === after.length) return { kind: "current" };
  const stated = seal.exec(present)?.[1];
  if (stated !== undefined && stated !== hashOf(present.replace(seal, " -->"))) return { kind: "edited" };
  return { kind: "stale", line: (differs === -1 ? after.length : differs) + 1 };
}

function hashOf(text: string): string {
  return createHash("sha256").update(linesOf(text).join("\n")).digest("hex").slice(0, 16);
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trimEnd());
}

/**
 * Writes the catalog in one step.
 * @throws UsageError when its folder is a link that leads out of the workspace
 */
export function writeCatalog(root: string, markdown: string): void {
  const path = join(root, CATALOG_FILE);
  const folder = dirname(path);
  if (existsSync(folder) && !`${realpathSync(folder)}${sep}`.startsWith(`${realpathSync(root)}${sep}`))
    throw new UsageError("docs is a link out of the workspace; nothing is written there. Make it a folder.");
  writeAtomically(path, markdown);
}
