import { join } from "node:path";
import { type Baseline, changedSince, findBaseline, UnknownRevision } from "./git.ts";

/** A repository of the fleet and what its contracts are compared with. */
export type RepositoryBaseline = Baseline & {
  /** Relative to the root of the workspace; `.` for the one of the workspace itself. */
  readonly dir: string;
};

export type FoundBaseline = Extract<RepositoryBaseline, { kind: "found" }>;

/**
 * What each repository of a fleet is compared with: `ref` where it has such a revision, else the merge base with its own default branch.
 * @throws UnknownRevision when the workspace's own repository does not know `ref`
 * @throws GitMissing when a `ref` is given and there is no git
 */
export function findBaselines(
  root: string,
  repositories: readonly string[],
  ref: string | undefined,
): RepositoryBaseline[] {
  return [".", ...repositories].map((dir) => ({ dir, ...findBaselineIn(join(root, dir), ref, dir !== ".") }));
}

function findBaselineIn(dir: string, ref: string | undefined, mayLack: boolean): Baseline {
  try {
    return findBaseline(dir, ref);
  } catch (error) {
    if (!(mayLack && error instanceof UnknownRevision)) throw error;
    return findBaseline(dir, undefined);
  }
}

/** Files of the fleet that differ from the baseline of their repository. */
export function changedSinceBaselines(root: string, baselines: readonly RepositoryBaseline[]): Set<string> {
  return new Set(
    baselines.flatMap((baseline) =>
      baseline.kind === "none"
        ? []
        : [...changedSince(join(root, baseline.dir), baseline.commit)].map((file) =>
            pathIn(baseline.dir, file),
          ),
    ),
  );
}

/** The path of a file of a repository, from the root of the workspace. */
export function pathIn(repository: string, file: string): string {
  return repository === "." ? file : `${repository}/${file}`;
}

/** Why some repositories are compared with nothing. */
export function missingBaselines(baselines: readonly RepositoryBaseline[]): string[] {
  return baselines.flatMap((baseline) => {
    if (baseline.kind === "found") return [];
    return [baseline.dir === "." ? baseline.reason : `${baseline.reason} (${baseline.dir})`];
  });
}
