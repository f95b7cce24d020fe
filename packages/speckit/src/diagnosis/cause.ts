import type { Operation } from "../model/contract.ts";
import type { Place } from "../model/location.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import type { ErrorReport } from "./error-report.ts";
import type { OwnFrame } from "./match-files.ts";
import type { ErrorPlace } from "./places.ts";

/** Where the trouble lies. Infrastructure: what runs the services; nothing in specs or code has to be wrong. */
export type CauseKind = "infrastructure" | "configuration" | "contract" | "data" | "code";

/** Something that makes a cause believable: a piece of the error, or a place in the workspace that fits. */
export interface Evidence {
  readonly text: string;
  readonly at?: Place | undefined;
}

/** Everything that is known of an error when causes are looked for. */
export interface Symptoms {
  readonly error: ErrorReport;
  readonly workspace: Workspace;
  /** Frames in files of the workspace, innermost first. */
  readonly frames: readonly OwnFrame[];
  /** Where it arises, the surest first. */
  readonly places: readonly ErrorPlace[];
  /** Services in which it arose, as frames and logs tell. */
  readonly services: readonly Service[];
  /** Operations whose requests the error tells of. */
  readonly operations: readonly { readonly service: Service; readonly operation: Operation }[];
  /** Services that the code at the frames calls. */
  readonly called: readonly string[];
  readonly textOf: (file: string) => string | undefined;
  /** What rules of the engine say, by id. */
  readonly rules: ReadonlyMap<string, RuleWords>;
}

export interface RuleWords {
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** One reason why an error may have come about. Looks at the symptoms and nothing else, so it says the same on any day. */
export interface Cause {
  readonly id: string;
  readonly kind: CauseKind;
  /** What is the case, as a sentence without its full stop. */
  readonly title: string;
  readonly why: string;
  /** What to do first to know for sure. */
  readonly check: string;
  /** What speaks for it; nothing when the cause is not to be considered. */
  find(symptoms: Symptoms): readonly Evidence[];
}

const LONGEST_QUOTE = 160;
const MOST_QUOTES = 3;

/** Quotes the lines of an error that match, each once, cut where they are long. */
export function quotes(text: string, pattern: RegExp): Evidence[] {
  const found = new Set<string>();
  const global = new RegExp(pattern.source, [...new Set(`${pattern.flags}g`)].join(""));
  for (const { index, 0: match } of text.matchAll(global)) {
    if (found.size === MOST_QUOTES) break;
    if (match !== "") found.add(quoteAt(text, index, match.length));
  }
  return [...found].map((quote) => ({ text: quote }));
}

function quoteAt(text: string, index: number, length: number): string {
  const start = text.lastIndexOf("\n", index) + 1;
  const newline = text.indexOf("\n", index + length);
  const line = text.slice(start, newline === -1 ? undefined : newline);
  if (line.length <= LONGEST_QUOTE) return line.trim();
  const from = Math.max(0, index - start - (LONGEST_QUOTE - length) / 2);
  return `…${line.slice(from, from + LONGEST_QUOTE).trim()}…`;
}
