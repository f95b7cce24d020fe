import ignore from "ignore";
import type { CatalogInfo, CodeOwners } from "../model/ownership.ts";

export interface OwnerSources {
  /** From the configuration: glob of folders, owner. */
  readonly configured: Readonly<Record<string, string>>;
  /** By the folder of the repository that has it. */
  readonly codeOwners: ReadonlyMap<string, CodeOwners>;
  readonly catalogInfos: readonly CatalogInfo[];
  readonly repositoryOf: (dir: string) => string;
}

/** Who owns the service in a folder: what the configuration says, else its catalog-info.yaml, else CODEOWNERS. Several owners are separated by commas. */
export function ownerFinder(sources: OwnerSources): (dir: string) => string | undefined {
  const { configured, codeOwners, catalogInfos, repositoryOf } = sources;
  const inConfig = Object.entries(configured).map(([pattern, owner]) => ({
    matches: matcher(withoutParents(pattern)),
    owner,
  }));
  const inCode = new Map(
    [...codeOwners].map(([repository, { rules }]) => [
      repository,
      rules.map(({ pattern, owners }) => ({ matches: matcher(pattern), owner: owners.join(", ") })).reverse(),
    ]),
  );
  const infos = new Map(catalogInfos.map(({ file, owner }) => [folderOf(file), owner]));
  return (dir) => {
    // Patterns are about files; any file of the folder will do, but one that patterns for endings pass over.
    const repository = repositoryOf(dir);
    const within = repository === "." ? dir : dir.slice(repository.length + 1) || ".";
    const file = within === "." ? "_" : `${within}/_`;
    const inFleet = dir === "." ? "_" : `${withoutParents(dir)}/_`;
    const owner =
      inConfig.findLast(({ matches }) => matches(inFleet))?.owner ??
      infos.get(dir) ??
      inCode.get(repository)?.find(({ matches }) => matches(file))?.owner;
    return owner === "" ? undefined : owner;
  };
}

/** `../user-service` is written so in the configuration; patterns know no parents. */
function withoutParents(path: string): string {
  return path.replace(/^(?:\.\.\/)+/, "");
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
