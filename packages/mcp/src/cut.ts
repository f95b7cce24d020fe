import type { CountTokens } from "@speckit/cli/cli";

/** A text within a number of tokens. */
export interface Cut {
  readonly text: string;
  readonly tokens: number;
  /** Of the whole text. */
  readonly total: number;
}

/** What is said below a text that was cut; `shown` and `total` are tokens. */
export type CutNote = (shown: number, total: number) => string;

/**
 * As many whole lines from the beginning as fit into `max` tokens together with the note and `last`, the line that says what to do next. A first line that is
 * too long by itself is cut in its middle: an answer says something.
 */
export function cutToTokens(text: string, max: number, count: CountTokens, note: CutNote): Cut {
  const total = count(text);
  if (total <= max) return { text, tokens: total, total };
  const lines = text.trimEnd().split("\n");
  const last = isNext(lines.at(-1)) ? `\n${lines.pop()}` : "";
  const ended = (start: string) => `${start.trimEnd()}\n\n${note(count(start), total)}${last}`;
  const shown = largest(lines.length, (size) => count(ended(lines.slice(0, size).join("\n"))) <= max);
  if (shown > 0) return done(ended(lines.slice(0, shown).join("\n")), total, count);
  const characters = [...(lines[0] ?? "").slice(0, max * LONGEST_TOKEN)];
  const fits = largest(
    characters.length,
    (size) => count(ended(`${characters.slice(0, size).join("")}…`)) <= max,
  );
  return done(ended(`${characters.slice(0, fits).join("")}…`), total, count);
}

const LONGEST_TOKEN = 128;

function isNext(line: string | undefined): boolean {
  return line?.startsWith("Next:") === true;
}

function done(text: string, total: number, count: CountTokens): Cut {
  return { text, tokens: count(text), total };
}

/** The largest size that fits, by halving: what fits in part fits in less. */
function largest(most: number, fits: (size: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
