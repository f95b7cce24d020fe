import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const pages = ["README.md", "CONTRIBUTING.md", ...["docs", "examples", "templates"].flatMap(pagesBelow)];

function pagesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && entry.name.endsWith(".md") && !/node_modules|\.speckit/.test(entry.parentPath),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

test("links between pages lead somewhere", () => {
  const dead = pages.flatMap((page) => {
    const prose = readFileSync(join(root, page), "utf8")
      .replace(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, "")
      .replace(/`[^`\n]*`/g, "");
    return Array.from(prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g), ([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(root, dirname(page), decodeURIComponent(target))))
      .map((target) => `${page}: ${target}`);
  });
  expect(pages.length).toBeGreaterThan(100);
  expect(dead).toEqual([]);
});
