/**
 * Writes the generated pages of docs/ and examples/: `npm run docs`. With `--check` nothing is written, and pages that differ from what would be are listed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { answerPages } from "./docs/answer-pages.ts";
import { authorsPage } from "./docs/authors-page.ts";
import { changePages } from "./docs/change-pages.ts";
import { checkPages } from "./docs/check-pages.ts";
import { commandsPage } from "./docs/commands-page.ts";
import { configurationPage, configurationSchema } from "./docs/configuration-pages.ts";
import { keywordsPage } from "./docs/keywords-page.ts";
import { measuredPage } from "./docs/measured-page.ts";
import { exampleCatalog, samplePages } from "./docs/sample-pages.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
/** Folders in which everything is generated: a page whose rule is gone goes too. */
const ownFolders = [
  "docs/reference/answers",
  "docs/reference/changes",
  "docs/reference/checks",
  "examples/microservices",
];

const pages = new Map<string, string>([
  ...prefixed("docs/reference/answers", answerPages()),
  ...prefixed("docs/reference/changes", changePages()),
  ...prefixed("docs/reference/checks", checkPages()),
  ["docs/reference/commands.md", await commandsPage()],
  ["docs/reference/authors.md", authorsPage()],
  ["docs/reference/keywords.md", keywordsPage()],
  ["docs/reference/configuration.md", configurationPage()],
  ["docs/reference/config.schema.json", configurationSchema()],
  ["docs/explanation/measured-checks.md", measuredPage()],
  ["examples/ecommerce-platform/docs/SERVICE-CATALOG.md", exampleCatalog()],
  ...prefixed("examples/microservices", samplePages()),
]);
const left = ownFolders
  .map((folder) => join(root, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => !pages.has(relative(root, file).split(sep).join("/")));
const stale = [...pages].map(([name, text]) => ({ file: join(root, name), text })).filter(differs);

if (process.argv.includes("--check")) reportStale();
else write();

function prefixed(folder: string, own: ReadonlyMap<string, string>): [string, string][] {
  return Array.from(own, ([name, text]) => [`${folder}/${name}`, text]);
}

function differs({ file, text }: { readonly file: string; readonly text: string }): boolean {
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
}

function reportStale(): void {
  const files = [...stale.map(({ file }) => file), ...left].sort();
  for (const file of files) console.log(`${relative(root, file)} is not current.`);
  if (files.length === 0) return;
  console.log("Run `npm run docs` and commit what it writes.");
  process.exitCode = 1;
}

function write(): void {
  for (const { file, text } of stale) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const file of left) rmSync(file);
  console.log(`${pages.size} pages, ${stale.length} of them new or changed, ${left.length} removed.`);
}
