// Asks every query and looks how far up the first right answer stands.
import { unitsOf } from "../../packages/speckit/src/node/searched-files.ts";
import { InvertedIndex } from "../../packages/speckit/src/search/inverted-index.ts";
import { rank } from "../../packages/speckit/src/search/rank.ts";
import { signalsOf } from "../../packages/speckit/src/search/relevance.ts";
import { search } from "../../packages/speckit/src/search/search.ts";
import { wholeIndex } from "../../packages/speckit/src/search/search-index.ts";
import { decodeSegment, encodeSegment } from "../../packages/speckit/src/search/segment.ts";
import { termsOf } from "../../packages/speckit/src/search/terms.ts";
import { questions } from "./queries.mjs";

const DEPTH = 10;

export const OURS = "speckit find";

/**
 * @typedef {object} Answer
 * @property {"fit" | "heldOut"} part
 * @property {string} kind
 * @property {Record<string, number | undefined>} places Of each searcher, the place of its first right answer.
 * @property {{ relevance: number, right: boolean }[]} hits What was shown.
 * @property {import("./logistic.mjs").Observation[]} judged What the relevance of the first hits depends on.
 */

/** Queries of another repository, to which nothing is the answer. */
export const ELSEWHERE = "elsewhere";

/**
 * Asks every query of a repository, us and the others, and some of another one, of which no hit is right.
 * @param {import("./repositories.mjs").Repository} repository
 * @param {readonly import("./peers.mjs").Searcher[]} others
 * @param {import("./repositories.mjs").Repository | undefined} stranger
 * @returns {Answer[]}
 */
export function askAll(repository, others, stranger) {
  const { queries: own, texts, subjects } = questions(repository);
  const queries = [...own, ...(stranger ? strange(stranger) : [])];
  const index = indexOf(repository.folder, texts, subjects);
  const asked = others.map(({ name, index: make }) => ({ name, ask: make(texts) }));
  return queries.map(({ kind, text, isRight }, number) => {
    const terms = [...new Set(termsOf(text))];
    const { candidates } = rank(index, terms);
    // More than ten, since a file may have several places.
    const { hits } = search(index, text, { limit: 40, textOf: (file) => texts.get(file), quoted: true });
    const places = Object.fromEntries(asked.map(({ name, ask }) => [name, firstRight(ask(text), isRight)]));
    return {
      part: repository.part === "both" ? (number % 2 === 0 ? "fit" : "heldOut") : repository.part,
      kind,
      places: {
        ...places,
        [OURS]: firstRight(
          hits.map(({ file }) => file),
          isRight,
        ),
      },
      hits: hits.slice(0, DEPTH).map(({ file, relevance }) => ({ relevance, right: isRight(file) })),
      judged: candidates.slice(0, DEPTH).map(({ file }, position) => ({
        signals: signalsOf(candidates, position, terms),
        right: isRight(file),
      })),
    };
  });
}

/** Whole sentences: names of two words may well be names here too. @param {import("./repositories.mjs").Repository} stranger @returns {import("./queries.mjs").Query[]} */
function strange(stranger) {
  return questions(stranger)
    .queries.filter(({ kind }) => /^(?:heading|comment|error message|test title)$/.test(kind))
    .filter((_, number) => number % 5 === 0)
    .map((query) => ({ ...query, kind: ELSEWHERE, isRight: () => false }));
}

/** @param {string} folder @param {ReadonlyMap<string, string>} texts @param {ReadonlyMap<string, string>} subjects */
function indexOf(folder, texts, subjects) {
  const index = new InvertedIndex();
  for (const [file, text] of texts) {
    const units = unitsOf(folder, file, { hash: "", text, byPath: true });
    index.add({ file, units, subjects: subjects.get(file) ?? "" });
  }
  return wholeIndex(decodeSegment(encodeSegment(index)));
}

/** Places of right answers among the first files: 1 for the first. @param {readonly string[]} files @param {(file: string) => boolean} isRight */
function firstRight(files, isRight) {
  const at = [...new Set(files)].slice(0, DEPTH).findIndex(isRight);
  return at === -1 ? undefined : at + 1;
}

/** @param {readonly (number | undefined)[]} places */
export function scores(places) {
  const count = Math.max(1, places.length);
  return {
    mrr:
      places.reduce((/** @type {number} */ sum, place) => sum + (place === undefined ? 0 : 1 / place), 0) /
      count,
    recall: places.filter((place) => place !== undefined).length / count,
    first: places.filter((place) => place === 1).length / count,
  };
}
