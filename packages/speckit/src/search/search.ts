import { closestTerm } from "./closest-term.ts";
import { type Literal, literalRun } from "./literal-run.ts";
import { type Candidate, rank } from "./rank.ts";
import { relevanceOf, signalsOf } from "./relevance.ts";
import type { SearchIndex } from "./search-index.ts";
import type { PlaceType } from "./searched-document.ts";
import { splitText } from "./split-text.ts";
import { termsOf, wordsIn } from "./terms.ts";

export interface SearchOptions {
  /** Hits at most, 10 unless said otherwise. */
  readonly limit?: number | undefined;
  readonly types?: readonly PlaceType[] | undefined;
  /** Name of a service that hits must belong to. */
  readonly service?: string | undefined;
  /** Only files that it wants. */
  readonly within?: ((file: string) => boolean) | undefined;
  /**
   * Text of a file. When it is given, places that have the query's words in a row come first, as error messages need it: the more words, the earlier.
   */
  readonly textOf?: ((file: string) => string | undefined) | undefined;
  /** With `textOf`: only where most of the query stands in a row, four words at least. Who searches may choose other words, an error does not. */
  readonly quoted?: boolean | undefined;
}

/** A place that was found. */
export interface SearchHit {
  /** Relative to the workspace root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** A section's title, a symbol's name, `POST /api/v1/orders`; empty where there is none. */
  readonly heading: string;
  readonly type: PlaceType;
  /** Whether the hit stands for its file, or is an operation or an event in it. */
  readonly whole: boolean;
  readonly service: string | undefined;
  /** How sure it is that this is what was looked for, in percent: of hits shown as 90, nine in ten are right. */
  readonly relevance: number;
  /** Comparable within one search. */
  readonly score: number;
  /** The line with the most words of the query in a row; only when texts were given. */
  readonly literal?: Literal | undefined;
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  /** How many places have a word of the query at all. */
  readonly matches: number;
  /** The query with words that nobody uses replaced by ones that somebody does; undefined when there is nothing to replace. */
  readonly suggestion: string | undefined;
}

const DEFAULT_LIMIT = 10;
/** So many of those with the best scores are looked at more closely. */
const JUDGED_AT_MOST = 40;
/** From this percentage on two hits that have the same say the same. */
const LIKELY = 50;
/** A copy may stand in a longer text, which makes its score somewhat lower. */
const COPY = 0.8;
/** Of what is called as the query says. */
const CERTAIN = 99;
/** A quick reference answers what its spec answers, but for what it leaves out. */
const IN_SHORT = 0.95;
/** Of places that have most of a query in a row, the first (right for 119 of 161 such queries when fitting) and the others (111 of 336 places). */
const QUOTED = 70;
const QUOTED_TOO = 30;
const QUOTED_SHARE = 0.6;

/**
 * Places that fit a query best, best first; of places that fit equally well the order is that of paths. An empty query, or one of stop words, finds nothing. Never
 * throws.
 */
export function search(index: SearchIndex, query: string, options: SearchOptions = {}): SearchResult {
  const terms = [...new Set(termsOf(query))];
  const { candidates, unknown } = rank(index, terms);
  const wanted = candidates.filter((candidate) => isWanted(index, candidate, options));
  const best = judged(wanted, query, terms);
  const hits = literalFirst(best, query, options)
    .slice(0, options.limit ?? DEFAULT_LIMIT)
    .map(({ candidate, relevance, literal }) => ({
      ...placeOf(
        candidate,
        options.quoted === true && isSectionWith(candidate, literal) ? undefined : literal,
        literal && options.textOf?.(candidate.file),
      ),
      service: index.serviceOf(candidate.file),
      relevance,
      score: candidate.score,
      literal,
    }));
  return { hits, matches: wanted.length, suggestion: suggestionFor(index, query, unknown) };
}

function isWanted(index: SearchIndex, { file, type }: Candidate, options: SearchOptions): boolean {
  const { types, service, within } = options;
  if (types && !types.includes(type)) return false;
  if (service !== undefined && index.serviceOf(file) !== service) return false;
  return within?.(file) ?? true;
}

interface Judged {
  readonly candidate: Candidate;
  readonly relevance: number;
  readonly literal?: Literal | undefined;
}

/**
 * The best candidates by relevance, which sees more than the score does. Of those that are as likely to be what is meant the one that is read fastest
 * comes first; where that is unlikely the score decides.
 */
function judged(candidates: readonly Candidate[], query: string, terms: readonly string[]): Judged[] {
  const named = candidates.filter((candidate) => isNamed(candidate, query));
  const best = [
    ...candidates.slice(0, JUDGED_AT_MOST),
    ...named.filter((own) => candidates.indexOf(own) >= JUDGED_AT_MOST),
  ];
  const relevances = best.map((_, position) => relevanceOf(signalsOf(candidates, position, terms)));
  for (const [position, own] of best.entries()) {
    const first = best.findIndex((other) => saysTheSame(other, own));
    if (first !== -1 && first < position) relevances[position] = relevances[first] ?? 0;
  }
  const ofSpecs = new Map(best.map(({ file }, position) => [file, relevances[position] ?? 0]));
  const judgements = best.map((candidate, position): Judged => {
    if (named.includes(candidate)) return { candidate, relevance: CERTAIN };
    const ofSpec = ofSpecs.get(candidate.file.replace(/\bquick-ref\.md$/, "spec.md")) ?? 0;
    return { candidate, relevance: Math.max(relevances[position] ?? 0, Math.round(ofSpec * IN_SHORT)) };
  });
  return judgements.sort(
    (a, b) =>
      b.relevance - a.relevance ||
      (a.relevance >= LIKELY
        ? a.candidate.length - b.candidate.length
        : b.candidate.score - a.candidate.score),
  );
}

/** Whether two have the same to say about the query, as copies have: a part of the same name with the same words of the query. */
function saysTheSame(a: Candidate, b: Candidate): boolean {
  return (
    a.heading === b.heading &&
    a.heading !== "" &&
    a.type === b.type &&
    a.covered === b.covered &&
    a.coveredByPassage === b.coveredByPassage &&
    b.score >= a.score * COPY
  );
}

/** Whether the query is what an operation or an event is called: `POST /api/v1/orders`, `order.created`. */
function isNamed({ whole, heading }: Candidate, query: string): boolean {
  return !whole && ` ${heading.toLowerCase()} `.startsWith(` ${query.trim().toLowerCase()} `);
}

/** The more words in a row, the earlier; where that says nothing the order stays. */
function literalFirst(
  judged: readonly Judged[],
  query: string,
  { textOf, quoted = false }: SearchOptions,
): readonly Judged[] {
  const words = wordsIn(query);
  // Two words in a row stand in many places by chance.
  const least = quoted ? Math.max(4, words.length * QUOTED_SHARE) : 3;
  if (!textOf || words.length < least) return judged;
  const read = judged.map((own): Judged => {
    const literal = literalRun(words, textOf(own.candidate.file) ?? "");
    return literal && literal.words >= least ? { ...own, literal } : own;
  });
  read.sort(
    (a, b) => (b.literal?.words ?? 0) - (a.literal?.words ?? 0) || Number(isTest(a)) - Number(isTest(b)),
  );
  if (!quoted) return read;
  return read
    .map((own, place) =>
      own.literal ? { ...own, relevance: Math.max(own.relevance, place === 0 ? QUOTED : QUOTED_TOO) } : own,
    )
    .sort((a, b) => b.relevance - a.relevance);
}

/** Of two that say the same, what a test repeats comes second. */
function isTest({ candidate, literal }: Judged): boolean {
  return literal !== undefined && candidate.type === "test";
}

/** A section of a document is read as a whole; of code it is the line that counts. */
function isSectionWith({ type, line, endLine }: Candidate, literal: Literal | undefined): boolean {
  const inIt = literal !== undefined && line <= literal.line && literal.line <= endLine;
  return inIt && type !== "code" && type !== "test";
}

function placeOf(candidate: Candidate, literal: Literal | undefined, text: string | undefined) {
  const { file, line, endLine, heading, type, whole } = candidate;
  if (!literal) return { file, line, endLine, heading, type, whole };
  // The line may stand elsewhere than in the passage that fits best.
  const around =
    whole && text !== undefined
      ? splitText(file, text).find(
          (passage) => passage.line <= literal.line && literal.line <= passage.endLine,
        )
      : undefined;
  return {
    file,
    line: literal.line,
    endLine: literal.line,
    heading: around?.heading ?? heading,
    type,
    whole,
  };
}

function suggestionFor(index: SearchIndex, query: string, unknown: readonly string[]): string | undefined {
  const misspelt = new Set(unknown);
  let replaced = false;
  const suggestion = query.replace(/[\p{L}\p{M}\p{N}_$]+/gu, (word) => {
    // Of a whole identifier nobody uses, its parts may still be known.
    const own = termsOf(word).filter((term) => misspelt.has(term));
    const [term] = own;
    if (term === undefined || own.length !== 1 || termsOf(word).length !== 1) return word;
    const closest = closestTerm(index, term);
    if (closest === undefined) return word;
    replaced = true;
    return closest;
  });
  return replaced ? suggestion : undefined;
}
