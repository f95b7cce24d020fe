import type { Candidate } from "./rank.ts";
import { coefficients } from "./relevance-coefficients.ts";
import { termsOf } from "./terms.ts";

/**
 * How sure it is that a hit is what was looked for, in percent. A logistic over what can be seen of the hit and of the next one, fitted to queries whose
 * answers are known (docs/explanation/search.md): of hits shown as 95, 95 in 100 are right.
 */
export function relevanceOf(signals: readonly number[]): number {
  const [intercept = 0, ...weights] = coefficients;
  const sum = weights.reduce((total, weight, at) => total + weight * (signals[at] ?? 0), intercept);
  return Math.round(100 / (1 + Math.exp(-sum)));
}

/** What the relevance of the hit at `position` depends on, in the order of the coefficients. */
export function signalsOf(
  candidates: readonly Candidate[],
  position: number,
  terms: readonly string[],
): number[] {
  const own = candidates[position];
  if (!own) return [];
  const first = candidates[0]?.score ?? own.score;
  const next = candidates[position + 1]?.score ?? 0;
  const manyWords = Math.log(terms.length);
  const named = Math.max(own.coveredByPath, namedShare(own, terms));
  return [
    Math.log(position + 1),
    own.strength,
    own.score / first,
    // Being far ahead of the next says nothing of who has one word of many.
    (1 - next / own.score) * own.covered,
    own.covered,
    own.coveredByPassage,
    named,
    named > 0.999 ? 1 : 0,
    manyWords,
    own.whole ? 0 : 1,
    // The same share says more the more words were asked for.
    manyWords * own.coveredByPassage,
    manyWords * named,
    manyWords * (named > 0.999 ? 1 : 0),
  ];
}

/** Share of the terms that stand in the path or in the heading: the hit says of itself that it is about them. */
function namedShare({ file, heading }: Candidate, terms: readonly string[]): number {
  const names = new Set(termsOf(`${file} ${heading}`));
  return terms.filter((term) => names.has(term)).length / Math.max(1, terms.length);
}
