/** A file that `init` wants to be there. Paths are relative to the workspace, or to the user's own folder, with `/`. */
export interface PlannedFile {
  readonly path: string;
  readonly content: string;
  /** Whose it is once it is there. A person's is never written again; ours is brought up to date while nobody changes it. */
  readonly owner: "speckit" | "person";
}

/** What stands at a path. `other`: a link or a folder, which is left alone. */
export type Present =
  | { readonly kind: "absent" }
  | { readonly kind: "other" }
  | { readonly kind: "file"; readonly hash: string };

export type SetupAction = "created" | "updated" | "unchanged" | "kept" | "replaced" | "removed";

/** What happens to one file. */
export interface Decision {
  readonly action: SetupAction;
  /** `new`: the new version is put beside it; `old`: what a person made of it is. */
  readonly beside?: "new" | "old";
}

export interface Known {
  /** Hash of the file as it was last written; undefined when it never was. */
  readonly written: string | undefined;
  /** Hash of the version that was last put beside it. */
  readonly offered: string | undefined;
}

export interface ReconcileOptions {
  readonly force: boolean;
  /** Whether files that were never ours belong to a tool that wants them as they are: no version of ours is put beside them. */
  readonly keepsForeign: boolean;
}

/**
 * Decides what happens to a planned file. Nothing that a person wrote is ever lost: what differs from what was written stays, or is kept beside
 * the new version with `force`. A version that was offered once is not offered again.
 */
export function reconcile(
  { owner }: PlannedFile,
  hash: string,
  present: Present,
  { written, offered }: Known,
  { force, keepsForeign }: ReconcileOptions,
): Decision {
  if (present.kind === "absent") return { action: "created" };
  if (present.kind === "other") return { action: "kept" };
  if (present.hash === hash) return { action: "unchanged" };
  if (owner === "person") return { action: "kept" };
  if (present.hash === written) return { action: "updated" };
  const isForeign = written === undefined;
  if (isForeign && keepsForeign) return { action: "kept" };
  if (force) return { action: "replaced", beside: "old" };
  return offered === hash ? { action: "kept" } : { action: "kept", beside: "new" };
}

const commandFile = /(?:^|\/)[a-z][a-z0-9-]*[.-][a-z-]+(?:\/SKILL\.md|\.mdc?|\.toml|\.yaml)$/;

/**
 * Files of an earlier set-up that are no longer planned and may go: commands below the folder of an agent. The manifest is a file of the repository
 * like any other, so what it lists beyond that is not believed.
 */
export function outdatedFiles(
  files: readonly string[],
  planned: ReadonlySet<string>,
  commandFolders: readonly string[],
): string[] {
  return files.filter(
    (file) =>
      !planned.has(file) &&
      commandFile.test(file) &&
      !file.split("/").includes("..") &&
      commandFolders.some((folder) => file.startsWith(`${folder}/`)),
  );
}
