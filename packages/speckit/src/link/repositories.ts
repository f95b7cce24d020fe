/** Tells the repositories of a fleet apart. */
export interface Repositories {
  /** Folders of the other repositories, relative to the root of the workspace. */
  readonly dirs: readonly string[];
  /** The repository that a file or folder is of; `.` is the one of the workspace itself. */
  readonly of: (path: string) => string;
}

export function repositoriesAt(dirs: readonly string[]): Repositories {
  // The longest first: a repository may stand inside of another.
  const deepest = [...dirs].sort((a, b) => b.length - a.length);
  return {
    dirs,
    of: (path) => deepest.find((dir) => path === dir || path.startsWith(`${dir}/`)) ?? ".",
  };
}
