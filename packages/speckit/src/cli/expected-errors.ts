import { AuthorFailed } from "../authoring/author.ts";
import { FolderNotFound } from "../node/find-root.ts";
import { GitMissing, UnknownRevision } from "../node/git.ts";
import { SessionUnreadable } from "../node/sessions/records.ts";
import { SetupRefused } from "../node/setup/safe-path.ts";
import { BadConfig } from "../parse/config.ts";
import { UsageError } from "./command.ts";

/** Whether a user can mend what went wrong: its message says all there is to say. Anything else is a bug. */
export function isExpected(error: unknown): boolean {
  return (
    [
      UsageError,
      AuthorFailed,
      BadConfig,
      FolderNotFound,
      GitMissing,
      UnknownRevision,
      SessionUnreadable,
      SetupRefused,
    ].some((kind) => error instanceof kind) || isSystemError(error)
  );
}

/** The operating system refused: no permission, no space. Its message names the file. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
