import type { CatalogInfo, CodeOwners } from "../model/ownership.ts";
import { parseTree } from "./tree.ts";
import { mapping, text } from "./values.ts";

/** Where GitHub and GitLab look for it, the first one found counting. */
const codeOwnersPlaces = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

export function isCodeOwners(file: string): boolean {
  return codeOwnersPlaces.some((place) => file === place || file.endsWith(`/${place}`));
}

/** The CODEOWNERS that counts where a repository has several. */
export function chooseCodeOwners(all: readonly CodeOwners[], repository = ""): CodeOwners | undefined {
  return codeOwnersPlaces
    .map((place) => all.find(({ file }) => file === repository + place))
    .find((found) => found !== undefined);
}

/** Reads CODEOWNERS, GitLab's sections with owners of their own included. Never throws; a line that is no rule is passed over. */
export function parseCodeOwners(file: string, content: string): CodeOwners {
  const rules: { pattern: string; owners: string[] }[] = [];
  let ofSection: string[] = [];
  for (const line of content.split("\n")) {
    const words = line.replace(/(?<!\\)#.*$/, "").match(/(?:\\ |\S)+/g) ?? [];
    const section = /^\s*\^?\[[^\]]*\](?:\[\d+\])?(.*)$/.exec(line);
    if (section) ofSection = ownersIn(section[1]?.split(/\s+/) ?? []);
    else if (words[0] !== undefined) {
      const own = ownersIn(words.slice(1));
      // GitHub: a pattern without owners takes the owners away.
      rules.push({ pattern: words[0].replaceAll("\\ ", " "), owners: own.length > 0 ? own : ofSection });
    }
  }
  return { kind: "code-owners", file, rules };
}

/** `@user`, `@organisation/team`, an address. */
function ownersIn(words: readonly string[]): string[] {
  return words.filter((word) => word.includes("@"));
}

export function isCatalogInfo(file: string): boolean {
  return /(?:^|\/)catalog-info\.ya?ml$/.test(file);
}

/** Reads the component of a catalog-info.yaml, which may hold other entities too. Never throws. */
export function parseCatalogInfo(file: string, content: string): CatalogInfo {
  const entities = content.split(/^---.*$/m).map((part) => mapping(parseTree(file, part).value));
  const component = entities.find(({ kind }) => kind === "Component");
  return { kind: "catalog-info", file, owner: text(mapping(component?.spec).owner) };
}
