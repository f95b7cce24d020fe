import { compareText } from "../model/location.ts";
import type { LiveSegment, SearchIndex } from "./search-index.ts";
import { type PlaceType, placeTypes } from "./searched-document.ts";
import { PASSAGE_COLUMNS, type Posting, postingsOf, UNIT_COLUMNS } from "./segment.ts";

/** A unit that has at least one term of the query, with its best passage. */
export interface Candidate {
  readonly file: string;
  readonly type: PlaceType;
  readonly whole: boolean;
  readonly line: number;
  readonly endLine: number;
  readonly heading: string;
  /** How many terms its text has. */
  readonly length: number;
  readonly score: number;
  /** The score as a share of the highest that the query could have: 0 to 1. */
  readonly strength: number;
  /** Shares of the query, by weight of its terms, that stand anywhere, in the path, and in the best passage: 0 to 1. */
  readonly covered: number;
  readonly coveredByPath: number;
  readonly coveredByPassage: number;
}

export interface Ranking {
  /** Best first. */
  readonly candidates: readonly Candidate[];
  /** Terms that stand nowhere. */
  readonly unknown: readonly string[];
}

/** How often a term has to stand in a unit to count half. */
const K1 = 1;
/** How much the length of a text speaks against it. */
const B = 0.35;
const PATH_WEIGHT = 8;
const SUBJECT_WEIGHT = 3;
const FILE_SHARE = 0.5;
/** What it counts that neighbours in the query are one name, beside what each of them counts. */
const NAME_SHARE = 0.5;
/** Tests speak of everything, and are seldom what is looked for. */
const TEST_FACTOR = 0.9;
/** A feature's plan, tasks and notes repeat the words of its spec, of which the quick reference is the short form. */
const FEATURE_FACTOR = 1.15;
const saysItFirst = /(?:^|\/)(?:spec|quick-ref)\.md$/;

/**
 * Ranks all units for these terms by BM25F over the whole unit and BM25 over its best passage. Terms that stand next to each other count once more where
 * they are one name: `user profile` in `userProfile`. Deterministic, whatever segments the index has.
 */
export function rank(index: SearchIndex, terms: readonly string[]): Ranking {
  const averages = averagesOf(index);
  const scores = new Map<string, UnitScore>();
  const unknown: string[] = [];
  let total = 0;
  const take = (term: string, share: number): boolean => {
    const found = unitsWith(index, term);
    const weight = Math.log(1 + (averages.units - found.length + 0.5) / (found.length + 0.5));
    if (share === 1) total += weight;
    for (const { own, key, posting } of found) {
      const score = scores.get(key) ?? new UnitScore(own, posting.unit, averages);
      score.add(posting, weight, share);
      scores.set(key, score);
    }
    return found.length > 0;
  };
  for (const term of terms) if (!take(term, 1)) unknown.push(term);
  for (const name of namesOf(terms)) take(name, NAME_SHARE);
  const candidates = [...scores.values()].map((score) => score.candidate(total));
  return { candidates: candidates.sort(byScore), unknown };
}

function unitsWith(index: SearchIndex, term: string) {
  return index.segments.flatMap((own, segment) =>
    postingsOf(own.segment, term)
      .filter(({ unit }) => own.live[unit] === 1)
      .map((posting) => ({ own, key: `${segment} ${posting.unit}`, posting })),
  );
}

/** What neighbours in the query would be called if they were one identifier, and what all of them would. */
function namesOf(terms: readonly string[]): string[] {
  const pairs = terms.slice(1).map((term, index) => `${terms[index]}${term}`);
  const known = new Set(terms);
  return [...new Set([...pairs, ...(terms.length < 6 ? [terms.join("")] : [])])].filter(
    (name) => !known.has(name),
  );
}

function byScore(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score || compareText(a.file, b.file) || a.line - b.line || compareText(a.heading, b.heading)
  );
}

interface Averages {
  readonly units: number;
  readonly path: number;
  readonly subjects: number;
  readonly text: number;
  readonly passage: number;
}

function averagesOf({ segments }: SearchIndex): Averages {
  let [units, path, subjects, text, passages] = [0, 0, 0, 0, 0];
  for (const { segment, live } of segments) {
    const rows = segment.unitRows;
    for (let unit = 0, at = 0; unit < segment.units; unit++, at += UNIT_COLUMNS) {
      if (live[unit] !== 1) continue;
      units++;
      path += rows[at + 2] ?? 0;
      subjects += rows[at + 3] ?? 0;
      text += rows[at + 4] ?? 0;
      passages += (rows[at + UNIT_COLUMNS + 5] ?? 0) - (rows[at + 5] ?? 0);
    }
  }
  const average = (sum: number, count: number) => Math.max(1, sum / Math.max(1, count));
  return {
    units,
    path: average(path, units),
    subjects: average(subjects, units),
    text: average(text, units),
    passage: average(text, passages),
  };
}

/** What the terms seen so far say about one unit. */
class UnitScore {
  readonly #own: LiveSegment;
  readonly #unit: number;
  readonly #averages: Averages;
  #file = 0;
  #covered = 0;
  #coveredByPath = 0;
  readonly #passages = new Map<number, { score: number; covered: number }>();

  constructor(own: LiveSegment, unit: number, averages: Averages) {
    this.#own = own;
    this.#unit = unit;
    this.#averages = averages;
  }

  /** `share` is 1 for a term of the query, less for one that was made from several. */
  add({ path, subjects, passages }: Posting, whole: number, share: number): void {
    const weight = whole * share;
    const { path: pathAverage, subjects: subjectAverage, text: textAverage } = this.#averages;
    let inText = 0;
    for (let at = 0; at < passages.length; at += 2) {
      const count = passages[at + 1] ?? 0;
      inText += count;
      this.#addPassage(passages[at] ?? 0, count, weight, share === 1);
    }
    const often =
      (PATH_WEIGHT * path) / lengthFactor(this.#column(2), pathAverage) +
      (SUBJECT_WEIGHT * subjects) / lengthFactor(this.#column(3), subjectAverage) +
      inText / lengthFactor(this.#column(4), textAverage);
    this.#file += (weight * often) / (K1 + often);
    if (share < 1) return;
    this.#covered += weight;
    if (path > 0) this.#coveredByPath += weight;
  }

  #addPassage(passage: number, count: number, weight: number, covers: boolean): void {
    const known = this.#passages.get(passage) ?? { score: 0, covered: 0 };
    const often = count / lengthFactor(this.#passageColumn(passage, 2), this.#averages.passage);
    known.score += (weight * often) / (K1 + often);
    if (covers) known.covered += weight;
    this.#passages.set(passage, known);
  }

  candidate(total: number): Candidate {
    const { segment } = this.#own;
    const [passage, best] = this.#bestPassage();
    const type = placeTypes[this.#column(0)] ?? "doc";
    const file = segment.files.at(this.#column(6));
    const plain = FILE_SHARE * this.#file + (1 - FILE_SHARE) * best.score;
    const score = plain * (type === "test" ? TEST_FACTOR : saysItFirst.test(file) ? FEATURE_FACTOR : 1);
    return {
      file,
      type,
      whole: this.#column(1) === 1,
      line: this.#passageColumn(passage, 0) || 1,
      endLine: this.#passageColumn(passage, 1) || 1,
      heading: segment.headings.at(this.#passageColumn(passage, 3)),
      length: this.#column(4),
      score,
      strength: score / total,
      covered: this.#covered / total,
      coveredByPath: this.#coveredByPath / total,
      coveredByPassage: best.covered / total,
    };
  }

  /** The first of the best; the first of all when the terms stand in the path only. */
  #bestPassage(): [number, { score: number; covered: number }] {
    let best: [number, { score: number; covered: number }] = [0, { score: 0, covered: 0 }];
    for (const entry of this.#passages)
      if (entry[1].score > best[1].score || (entry[1].score === best[1].score && entry[0] < best[0]))
        best = entry;
    return best;
  }

  #column(column: number): number {
    return this.#own.segment.unitRows[this.#unit * UNIT_COLUMNS + column] ?? 0;
  }

  #passageColumn(passage: number, column: number): number {
    return this.#own.segment.passageRows[(this.#column(5) + passage) * PASSAGE_COLUMNS + column] ?? 0;
  }
}

function lengthFactor(length: number, average: number): number {
  return 1 - B + (B * length) / average;
}
