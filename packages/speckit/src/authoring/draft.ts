import type { Finding } from "../model/finding.ts";
import {
  type Assignment,
  type Author,
  AuthorFailed,
  AuthorInterrupted,
  type AuthorRun,
  type Judged,
} from "./author.ts";

const MOST_REVISIONS = 2;

/** The best draft, and how it came about. */
export interface DraftResult extends Judged {
  /** Findings of each draft, the first one first. */
  readonly rounds: readonly (readonly Finding[])[];
  /** Why there was no further revision, when it was to be one. */
  readonly gaveUp: string | undefined;
}

/**
 * Lets an author write, and mend what is found, at most twice; the draft with the least that is wrong is returned. An author who hands in the same
 * again has nothing to add. When a revision fails, what was there before it is good enough to be looked at.
 * @throws AuthorFailed when there is no draft at all, or a person stopped the run
 */
export async function draft(
  author: Author,
  assignment: Assignment,
  judge: (text: string) => readonly Finding[],
  run: AuthorRun,
): Promise<DraftResult> {
  const drafts: Judged[] = [];
  let gaveUp: string | undefined;
  while (drafts.length <= MOST_REVISIONS) {
    const last = drafts.at(-1);
    try {
      const text = await author.draft(assignment, last, run);
      if (text === last?.text) break;
      drafts.push({ text, findings: judge(text) });
    } catch (error) {
      if (!last || error instanceof AuthorInterrupted || !(error instanceof AuthorFailed)) throw error;
      gaveUp = error.message;
      break;
    }
    if (weight(drafts.at(-1)?.findings ?? []) === 0) break;
  }
  const best = drafts.reduce((one, other) => (weight(other.findings) < weight(one.findings) ? other : one));
  return { ...best, rounds: drafts.map(({ findings }) => findings), gaveUp };
}

/** One error is worse than any number of warnings; notes do not count. */
export function weight(findings: readonly Finding[]): number {
  return findings.reduce(
    (sum, { severity }) => sum + ({ error: 10_000, warning: 1, info: 0 }[severity] ?? 0),
    0,
  );
}
