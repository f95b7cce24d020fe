/** A net between two layers: the columns in which it comes from above and goes on below. */
export interface Span {
  readonly tops: readonly number[];
  readonly bottoms: readonly number[];
}

/** As many nets as there is time to try every order of; more of them keep the order given. */
const MOST_TO_PERMUTE = 6;

/**
 * Gives each net the row of its horizontal line, counted from 0, so that few lines cross and then few rows are used. Nets share a row where
 * they stand apart. Undefined for a net that goes straight down and needs no row.
 */
export function assignTracks(spans: readonly Span[]): (number | undefined)[] {
  const bent = spans.flatMap((span, index) => (isStraight(span) ? [] : [index]));
  let best: (number | undefined)[] = [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const order of bent.length <= MOST_TO_PERMUTE ? permutations(bent) : [bent]) {
    const rows = stack(spans, order);
    const cost = crossings(spans, rows) * 100 + Math.max(0, ...rows.map((row) => (row ?? -1) + 1));
    if (cost >= bestCost) continue;
    best = rows;
    bestCost = cost;
  }
  return best;
}

function isStraight({ tops, bottoms }: Span): boolean {
  return new Set([...tops, ...bottoms]).size === 1;
}

function edges({ tops, bottoms }: Span): { from: number; to: number } {
  return { from: Math.min(...tops, ...bottoms), to: Math.max(...tops, ...bottoms) };
}

/** Puts each net, in the order given, into the first row where it is apart from those already there. */
function stack(spans: readonly Span[], order: readonly number[]): (number | undefined)[] {
  const rows: (number | undefined)[] = spans.map(() => undefined);
  for (const index of order) {
    const own = edges(spans[index] as Span);
    const isFree = (row: number) =>
      spans.every((other, at) => {
        const { from, to } = edges(other);
        return rows[at] !== row || to + 1 < own.from || own.to + 1 < from;
      });
    let row = 0;
    while (!isFree(row)) row++;
    rows[index] = row;
  }
  return rows;
}

/** How often a vertical line passes a horizontal line of another net. */
function crossings(spans: readonly Span[], rows: readonly (number | undefined)[]): number {
  let count = 0;
  for (const [index, { tops, bottoms }] of spans.entries()) {
    const row = rows[index];
    for (const [other, span] of spans.entries()) {
      const otherRow = rows[other];
      if (other === index || otherRow === undefined) continue;
      const { from, to } = edges(span);
      const passes = (column: number) => column > from && column < to;
      if (row === undefined || row > otherRow) count += tops.filter(passes).length;
      if (row !== undefined && row < otherRow) count += bottoms.filter(passes).length;
    }
  }
  return count;
}

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
