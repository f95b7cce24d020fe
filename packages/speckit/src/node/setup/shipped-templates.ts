import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Prompt, parsePrompt } from "../../authoring/setup/command-file.ts";

/** Where the build puts the templates, and where they stand in a checkout; from this folder, and from the bundle's. */
const folders = ["../templates/", "../../templates/", "../../../../../templates/"];

export const templateSets = ["microservices", "single"] as const;
export type TemplateSet = (typeof templateSets)[number];

/** The prompt of each command, sorted by name. */
export function readPrompts(): Prompt[] {
  return [...readFolder("commands")].map(([file, text]) =>
    parsePrompt(file.replace(/\.prompt\.md$/, ""), text),
  );
}

/** The templates of documents, by their name. */
export function readTemplates(set: TemplateSet): Map<string, string> {
  return readFolder(set);
}

function readFolder(name: string): Map<string, string> {
  const folder = folders
    .map((candidate) => fileURLToPath(new URL(`${candidate}${name}/`, import.meta.url)))
    .find((candidate) => existsSync(candidate));
  if (folder === undefined) throw new Error(`The templates of ${name} are missing from this package.`);
  const files = readdirSync(folder).sort();
  return new Map(files.map((file) => [file, readFileSync(`${folder}${file}`, "utf8")]));
}
