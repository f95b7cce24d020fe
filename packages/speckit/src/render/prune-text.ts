import { pruningReasons, type Saving } from "../tokens/pruning.ts";
import { short } from "./budget-text.ts";
import { marked, paint, type TextStyle } from "./text-style.ts";

/** What `speckit prune` did, or would do. */
export interface PruneOutcome {
  readonly source: string;
  readonly file: string;
  readonly written: boolean;
  readonly secrets: number;
  readonly tokens: { readonly session: number; readonly summary: number };
  readonly savings: readonly Saving[];
  readonly estimated: boolean;
}

/**
 * The summary's size beside the session's, what was left out and why, and how to go on.
 * @param toWrite the command that writes what a dry run showed
 */
export function renderPruneText(outcome: PruneOutcome, toWrite: string, style: TextStyle): string {
  const { source, file, written, secrets, savings, estimated } = outcome;
  const { dim, cyan, bold } = paint(style);
  const about = estimated ? "≈" : "";
  const did = written ? file : `${file} would be written`;
  return [
    bold(source),
    marked("✅", `${did}: ${sizes(outcome, about)}`, style),
    ...savings.map(
      ({ rule, count, tokens: saved }) =>
        `   ${`${about}${short(saved)}`.padStart(7)}  ${rule.padEnd(13)} ${String(count).padStart(4)} × ${dim(pruningReasons[rule])}`,
    ),
    ...(secrets > 0
      ? [
          marked(
            "⚠️",
            `${secrets} ${secrets === 1 ? "secret was" : "secrets were"} redacted; the session file still has ${secrets === 1 ? "it" : "them"}`,
            style,
          ),
        ]
      : []),
    `${dim("Next:")} ${cyan(written ? "begin a new session with that file" : toWrite)}`,
  ]
    .join("\n")
    .concat("\n");
}

/** A summary has its headings and the workspace's state, so that a session of a few words is shorter. */
function sizes({ tokens: { summary, session } }: PruneOutcome, about: string): string {
  return summary < session
    ? `${about}${summary} tokens instead of ${about}${short(session)}`
    : `${about}${summary} tokens, more than the session has (${about}${short(session)})`;
}
