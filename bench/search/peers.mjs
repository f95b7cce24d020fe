// What finding is measured beside: counting matching lines as ripgrep does, and minisearch as it comes.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mustRun } from "../../scripts/programs.mjs";
import { isInstalled, npm } from "../../scripts/set-up.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));

/** @typedef {{ name: string, index(texts: ReadonlyMap<string, string>): (query: string) => string[] }} Searcher Gives files, best first. */

/** Loads minisearch, and installs it before if need be. */
export async function minisearch() {
  const entry = new URL("../node_modules/minisearch/dist/es/index.js", import.meta.url);
  if (!existsSync(entry) && !isInstalled(home))
    await mustRun([...npm(), "ci", "--no-audit", "--no-fund"], { cwd: home });
  return (await import(entry.href)).default;
}

/** @returns {Promise<Searcher[]>} */
export async function searchers() {
  const MiniSearch = await minisearch();
  return [
    { name: "lines that match, counted (as `rg -c`)", index: (texts) => countLines(texts) },
    {
      name: "minisearch 7.2, its defaults",
      index: (texts) => {
        const index = new MiniSearch({ fields: ["path", "text"], idField: "path" });
        index.addAll([...texts].map(([path, text]) => ({ path, text })));
        return (query) => index.search(query).map((/** @type {{ id: string }} */ { id }) => id);
      },
    },
  ];
}

/** Files by how many of their lines have a word of the query. @param {ReadonlyMap<string, string>} texts */
function countLines(texts) {
  return (/** @type {string} */ query) => {
    const words = query.match(/[\p{L}\p{N}_]{3,}/gu) ?? [];
    if (words.length === 0) return [];
    const line = new RegExp(`^.*(?:${words.join("|")}).*$`, "gim");
    return [...texts]
      .map(([file, text]) => ({ file, count: text.match(line)?.length ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .map(({ file }) => file);
  };
}
