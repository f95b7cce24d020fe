import { posix } from "node:path";
import { excerptOf } from "../search/excerpt.ts";
import { type SearchHit, type SearchOptions, search } from "../search/search.ts";
import type { OpenedIndex } from "./search-index.ts";
import { type Countable, countTokens } from "./token-counts.ts";

export interface FoundPlace extends Omit<SearchHit, "literal" | "score"> {
  /** Tokens of what is read there: the file, or the operation or event alone. */
  readonly tokens: number;
  readonly excerpt: string;
}

/** What to read instead of something longer, and what that saves. */
export interface CheapRead {
  readonly file: string;
  /** Undefined when the whole file is meant. */
  readonly lines?: { readonly from: number; readonly to: number } | undefined;
  readonly tokens: number;
  readonly insteadOf: number;
}

export interface FoundPlaces {
  readonly places: readonly FoundPlace[];
  readonly matches: number;
  readonly suggestion: string | undefined;
  readonly cheapRead: CheapRead | undefined;
}

export interface FindOptions extends SearchOptions {
  readonly cache: boolean;
  readonly retentionDays: number;
  readonly now: () => number;
}

/** So much of a file is counted; the rest is taken to be like it. */
const COUNTED_CHARACTERS = 1_000_000;

/** Searches an index and says of each place found what stands there and what it costs to read. */
export async function findPlaces(
  root: string,
  opened: OpenedIndex,
  query: string,
  options: FindOptions,
): Promise<FoundPlaces> {
  const { textOf } = opened;
  const { hits, matches, suggestion } = search(opened.index, query, { ...options, textOf, quoted: true });
  const [first] = hits;
  const pair = first && cheaperPair(opened, hits);
  const section =
    first && !pair && first.whole && first.line !== first.endLine ? [partOf(opened, first)] : [];
  const countables = [
    ...hits.map((hit) => (hit.whole ? wholeOf(opened, hit.file) : partOf(opened, hit))),
    ...(pair ?? []).map((file) => wholeOf(opened, file)),
    ...section,
  ];
  const counts = await countTokens(root, countables, {
    cache: options.cache,
    retentionDays: options.retentionDays,
    now: options.now(),
  });
  const tokens = countables.map(({ scale }, index) => Math.round((counts[index] ?? 0) * scale));
  const places = hits.map(({ literal: _, score: __, ...hit }, index) => ({
    ...hit,
    tokens: tokens[index] ?? 0,
    excerpt: excerptOf(linesOf(opened, hit), query),
  }));
  return { places, matches, suggestion, cheapRead: cheapReadOf(first, pair, tokens, hits.length) };
}

/** A quick reference and the spec that it stands for, of the first feature that was found. */
function cheaperPair(
  { fileOf }: OpenedIndex,
  hits: readonly SearchHit[],
): readonly [string, string] | undefined {
  for (const { file, type } of hits.slice(0, 3)) {
    if (type !== "spec") continue;
    const [short, long] = ["quick-ref.md", "spec.md"].map((name) => posix.join(posix.dirname(file), name));
    if (short && long && fileOf(short)?.segment && fileOf(long)?.segment) return [short, long];
  }
  return undefined;
}

function cheapReadOf(
  first: SearchHit | undefined,
  pair: readonly [string, string] | undefined,
  tokens: readonly number[],
  hits: number,
): CheapRead | undefined {
  if (!first) return undefined;
  const [short = 0, long = 0] = tokens.slice(hits);
  if (pair) return short < long ? { file: pair[0], tokens: short, insteadOf: long } : undefined;
  const whole = tokens[0] ?? 0;
  if (short === 0 || short * 2 > whole) return undefined;
  return {
    file: first.file,
    lines: { from: first.line, to: first.endLine },
    tokens: short,
    insteadOf: whole,
  };
}

interface Counted extends Countable {
  /** How much longer the text is than what is counted of it. */
  readonly scale: number;
}

function wholeOf({ fileOf, textOf }: OpenedIndex, file: string): Counted {
  const { hash = "", size = 0 } = fileOf(file) ?? {};
  return {
    hash,
    text: () => (textOf(file) ?? "").slice(0, COUNTED_CHARACTERS),
    scale: Math.max(1, size / COUNTED_CHARACTERS),
  };
}

function partOf(opened: OpenedIndex, hit: SearchHit): Counted {
  return {
    hash: `${opened.fileOf(hit.file)?.hash}:${hit.line}-${hit.endLine}`,
    text: () => linesOf(opened, hit).join("\n"),
    scale: 1,
  };
}

function linesOf(
  { textOf }: OpenedIndex,
  { file, line, endLine }: Pick<SearchHit, "file" | "line" | "endLine">,
): string[] {
  const text = textOf(file) ?? "";
  return text
    .slice(0, COUNTED_CHARACTERS * 16)
    .split(/\r\n?|\n/)
    .slice(line - 1, endLine);
}
