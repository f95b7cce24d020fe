import fs from "node:fs";
import path from "node:path";
import { parseAllDocuments } from "yaml";

/** The folder with `services/`, `deploy/` and the constitution. */
export const platformRoot = path.join(import.meta.dirname, "..", "..", "..");
export const repositoryRoot = path.join(platformRoot, "..", "..");

export const readText = (file: string) => fs.readFileSync(path.join(platformRoot, file), "utf8");

/** The documents of a YAML file, whose path begins at the root of the platform. */
export const readYaml = <Document>(file: string): Document[] => yamlIn(readText(file));

export function yamlIn<Document>(text: string): Document[] {
  return parseAllDocuments(text).flatMap((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return document.contents === null ? [] : [document.toJS() as Document];
  });
}

/** Files below a folder, with an ending. */
export function filesBelow(folder: string, ending: string): string[] {
  return fs
    .readdirSync(path.join(platformRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name.replaceAll(path.sep, "/")}`)
    .sort();
}
