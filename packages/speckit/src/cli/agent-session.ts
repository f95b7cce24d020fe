import { resolve } from "node:path";
import { findSession } from "../node/sessions/find-session.ts";
import { type OpenSession, openSession } from "../node/sessions/open-session.ts";
import type { Io, Options } from "./command.ts";
import { optionText } from "./options.ts";
import { hint } from "./report-command.ts";

/** The session that `--session` names, or the newest one of the workspace. A database's session follows a `#`: `opencode.db#ses_1`. */
export function agentSession(root: string, options: Options, io: Io): OpenSession | undefined {
  const given = optionText(options, "session");
  if (given !== undefined) {
    const [, path = given, session] = /^(.*\.db)#(.+)$/.exec(given) ?? [];
    return openSession(resolve(io.cwd, path), session);
  }
  const found = findSession(root, io.env);
  return found && openSession(found.path, found.session);
}

/** New kinds of records come with each version of an agent, and are of no interest while they are few. */
const MANY = 0.2;

/** Says on standard error what of a session could not be read, after it was gone through. */
export function hintDamage({ path, damage }: OpenSession, io: Io, options: Options): void {
  const { lines, cut, records, unknown, unknownCount } = damage;
  if (lines.length > 0) {
    const some = lines.slice(0, 5).join(", ");
    const more = lines.length > 5 ? ` and ${lines.length - 5} more` : "";
    hint(io, options, `${path}: what stands on line ${some}${more} is no JSON; it was passed over.`);
  }
  if (cut) hint(io, options, `${path}: the last line ends in its middle; it was passed over.`);
  if (unknownCount > records * MANY) {
    const kinds = [...unknown].slice(0, 3).join(", ");
    hint(
      io,
      options,
      `${path}: ${unknownCount} of ${records} records are of kinds that this version does not know (${kinds}); the agent may be newer than it.`,
    );
  }
}
