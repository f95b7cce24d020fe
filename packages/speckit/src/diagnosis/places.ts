import type { Workspace } from "../model/workspace.ts";
import type { SearchHit } from "../search/search.ts";
import { splitText } from "../search/split-text.ts";
import type { OwnFrame } from "./match-files.ts";
import { serviceOf } from "./touched.ts";

/** Why a place is believed to have to do with the error, the surest first. */
export type PlaceReason = "given" | "stack" | "literal" | "search";

/** A place to look at. */
export interface ErrorPlace {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly heading: string;
  readonly service: string | undefined;
  readonly reason: PlaceReason;
  /** Of what search found, in percent. */
  readonly relevance: number | undefined;
}

const MOST_PLACES = 8;
/** Fewer words in a row stand in many places by chance, unless they are the whole message. Values stand between an author's words, so not all are needed. */
const LITERAL_WORDS = { least: 3, most: 5, share: 0.4 };
/** Of hits shown as less certain than this, most are wrong. */
const LEAST_RELEVANCE = 30;
/** So many sure places need no guesses beside them. */
const ENOUGH = 3;

export interface PlacesInput {
  readonly workspace: Workspace;
  readonly frames: readonly OwnFrame[];
  readonly hits: readonly SearchHit[];
  /** How many words were searched for. */
  readonly words: number;
  readonly given: { readonly file: string; readonly line: number } | undefined;
  readonly textOf: (file: string) => string | undefined;
}

/** Where it arises, the surest first: what the user says, what the trace says, where the words stand, what resembles them. */
export function placesOf({ workspace, frames, hits, words, given, textOf }: PlacesInput): ErrorPlace[] {
  const place = (file: string, line: number, heading: string, reason: PlaceReason): ErrorPlace => ({
    file,
    line,
    endLine: line,
    heading,
    service: serviceOf(workspace, file)?.name,
    reason,
    relevance: undefined,
  });
  const all = [
    ...(given ? [place(given.file, given.line, "", "given")] : []),
    ...frames.map((frame) => place(frame.file, lineHere(frame, textOf), frame.symbol ?? "", "stack")),
    ...hits.map(({ file, line, endLine, heading, service, relevance, literal }) => {
      const isLiteral = literal !== undefined && literal.words >= literalWords(words);
      const reason: PlaceReason = isLiteral ? "literal" : "search";
      return { file, line, endLine, heading, service, reason, relevance };
    }),
  ];
  const seen = new Set<string>();
  const distinct = all.filter(
    ({ file, line }) => !seen.has(`${file}:${line}`) && seen.add(`${file}:${line}`),
  );
  // What a trace or the words themselves show is more than what resembles them.
  const sure = distinct.filter(({ reason }) => reason !== "search");
  const guesses = distinct.filter(
    ({ reason, relevance }) => reason === "search" && (relevance ?? 0) >= LEAST_RELEVANCE,
  );
  return [...sure, ...(sure.length >= ENOUGH ? [] : guesses)].slice(0, MOST_PLACES);
}

function literalWords(words: number): number {
  const { least, most, share } = LITERAL_WORDS;
  return Math.min(words, Math.max(least, Math.min(most, Math.ceil(words * share))));
}

/** Lines of built code are not those of its source: there the function is looked for by its name. */
function lineHere({ file, line, written, symbol }: OwnFrame, textOf: PlacesInput["textOf"]): number {
  if (written.slice(written.lastIndexOf("/") + 1) === file.slice(file.lastIndexOf("/") + 1)) return line;
  const name = symbol?.split(".").at(-1);
  return splitText(file, textOf(file) ?? "").find(({ heading }) => heading === name)?.line ?? 1;
}
