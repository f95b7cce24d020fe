import { closest, distance } from "fastest-levenshtein";
import { groupBy } from "../model/group-by.ts";

/** Beyond this many names only those that begin alike are compared, so that a large fleet full of slips stays quick. */
const MAX_COMPARED = 500;

/** Suggests the known name that a misspelt one probably means; undefined when none is close. */
export function suggester(known: readonly string[]): (name: string) => string | undefined {
  const byBeginning = known.length > MAX_COMPARED ? groupBy(known, beginning) : undefined;
  return (name) => {
    const candidates = byBeginning ? (byBeginning.get(beginning(name)) ?? []).slice(0, MAX_COMPARED) : known;
    if (candidates.length === 0) return undefined;
    const nearest = closest(name, candidates as string[]);
    return distance(name, nearest) <= slipsIn(name, nearest) ? nearest : undefined;
  };
}

/** How many slips a name may have. Words that both names share do not count: "order-service" is no misspelt "user-service". */
function slipsIn(name: string, other: string): number {
  const [own, its] = [name.split(separators), other.split(separators)];
  if (own.length !== its.length) return Math.min(3, name.length / 4);
  const differing = own.filter((word, index) => word !== its[index]).map((word) => word.length);
  return Math.min(3, Math.max(0, ...differing) / 2);
}

const separators = /[-_./\s]+/;

function beginning(name: string): string {
  return name.slice(0, 3).toLowerCase();
}

/** A hint as the end of a sentence, or nothing. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : ` Did you mean '${suggestion}'?`;
}
