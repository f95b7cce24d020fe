import { distance } from "fastest-levenshtein";
import { compareText } from "../model/location.ts";
import type { SearchIndex } from "./search-index.ts";
import { postingsOf, type Segment } from "./segment.ts";

/** The term that somebody uses and that a misspelt one most likely means: the nearest, and of the nearest the one in most places. */
export function closestTerm(index: SearchIndex, term: string): string | undefined {
  if (term.length < 4) return undefined;
  const limit = term.length < 8 ? 1 : 2;
  let best: { term: string; distance: number; places: number } | undefined;
  for (const { segment } of index.segments) {
    for (const other of similar(segment, term, limit)) {
      const far = editDistance(term, other);
      if (far > limit || (best && far > best.distance)) continue;
      const places = placesOf(index, other);
      if (places === 0) continue;
      const better =
        !best ||
        far < best.distance ||
        places > best.places ||
        (places === best.places && compareText(other, best.term) < 0);
      if (better) best = { term: other, distance: far, places };
    }
  }
  return best?.term;
}

/** Neighbours that changed places are one mistake, not two. */
function editDistance(a: string, b: string): number {
  const far = distance(a, b);
  if (far !== 2 || a.length !== b.length) return far;
  const at = [...a].findIndex((character, index) => character !== b[index]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2) ? 1 : far;
}

function* similar({ terms }: Segment, term: string, limit: number): Generator<string> {
  for (let at = 0; at < terms.size; at++) {
    const length = terms.bytesAt(at);
    // Letters of other scripts have several bytes; what is far too short or long is never decoded.
    if (length < term.length - limit || length > (term.length + limit) * 3) continue;
    const other = terms.at(at);
    if (Math.abs(other.length - term.length) <= limit && !/^\d+$/.test(other)) yield other;
  }
}

function placesOf({ segments }: SearchIndex, term: string): number {
  let places = 0;
  for (const { segment, live } of segments)
    for (const { unit } of postingsOf(segment, term)) places += live[unit] ?? 0;
  return places;
}
