import ignore from "ignore";
import type { CatalogInfo, CodeOwners } from "../model/ownership.ts";

export interface OwnerSources {
  /** From the configuration: glob of folders, owner. */
  readonly configured: Readonly<Record<string, string>>;
  readonly codeOwners: CodeOwners | undefined;
  readonly catalogInfos: readonly CatalogInfo[];
}

/** Who owns the service in a folder: what the configuration says, else its catalog-info.yaml, else CODEOWNERS. Several owners are separated by commas. */
export function ownerFinder(sources: OwnerSources): (dir: string) => string | undefined {
  const { configured, codeOwners, catalogInfos } = sources;
  const inConfig = Object.entries(configured).map(([pattern, owner]) => ({
    matches: matcher(pattern),
    owner,
  }));
  const inCode = (codeOwners?.rules ?? [])
    .map(({ pattern, owners }) => ({ matches: matcher(pattern), owner: owners.join(", ") }))
    .reverse();
  const infos = new Map(catalogInfos.map(({ file, owner }) => [folderOf(file), owner]));
  return (dir) => {
    // Patterns are about files; any file of the folder will do, but one that patterns for endings pass over.
    const file = dir === "." ? "_" : `${dir}/_`;
    const owner =
      inConfig.findLast(({ matches }) => matches(file))?.owner ??
      infos.get(dir) ??
      inCode.find(({ matches }) => matches(file))?.owner;
    return owner === "" ? undefined : owner;
  };
}

/** CODEOWNERS patterns are those of .gitignore. */
function matcher(pattern: string): (file: string) => boolean {
  const rules = ignore().add(pattern);
  return (file) => rules.ignores(file);
}

function folderOf(file: string): string {
  const slash = file.lastIndexOf("/");
  return slash === -1 ? "." : file.slice(0, slash);
}
