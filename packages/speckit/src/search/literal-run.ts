import { wordsIn } from "./terms.ts";

/** Words of a query that stand in a row in a line of a text. */
export interface Literal {
  readonly line: number;
  /** How many words. */
  readonly words: number;
}

/** The line that has the most words of the query in a row, as they are written but for upper and lower case; undefined when none has two of them. */
export function literalRun(query: readonly string[], text: string): Literal | undefined {
  const starts = new Map<string, number[]>();
  for (const [at, word] of query.entries()) {
    const key = word.toLowerCase();
    starts.set(key, [...(starts.get(key) ?? []), at]);
  }
  let best: Literal = { line: 0, words: 1 };
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const words = longestRun(query, starts, wordsIn(line));
    if (words > best.words) best = { line: index + 1, words };
  }
  return best.words > 1 ? best : undefined;
}

function longestRun(
  query: readonly string[],
  starts: ReadonlyMap<string, readonly number[]>,
  line: readonly string[],
): number {
  let longest = 0;
  for (const [at, word] of line.entries()) {
    for (const start of starts.get(word.toLowerCase()) ?? []) {
      let length = 1;
      while (
        start + length < query.length &&
        line[at + length]?.toLowerCase() === query[start + length]?.toLowerCase()
      )
        length++;
      longest = Math.max(longest, length);
    }
  }
  return longest;
}
