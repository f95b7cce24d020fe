import { type PatternNode, parsePattern } from "./pattern-syntax.ts";
import type { Random } from "./random.ts";

/** How long a text may be, in characters. */
export interface TextLength {
  readonly least: number;
  readonly most: number;
  /** Whether to come close to the least or to the most. */
  readonly prefer: "short" | "long";
}

const MOST_TRIES = 40;

/** A text that matches the pattern and is of that length; undefined when none was found. */
export function textOfPattern(source: string, length: TextLength, random: Random): string | undefined {
  const node = parsePattern(source);
  const pattern = new RegExp(source, "u");
  if (!node) return undefined;
  const fits = (text: string) => {
    const count = lengthOf(text);
    return count >= length.least && count <= length.most && pattern.test(text);
  };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const text = withLength(node, length, random);
    if (fits(text)) return text;
  }
  return undefined;
}

/** Length as JSON Schema counts it: code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** A text that repeats as often as it takes: the longer the repetitions, the longer the text. */
function withLength(node: PatternNode, { least, most, prefer }: TextLength, random: Random): string {
  const wanted = prefer === "long" ? most : least;
  let best = write(node, { extra: 0 }, random);
  let [low, high] = [1, wanted - lengthOf(best)];
  // How much one more repetition adds depends on the pattern.
  while (low <= high) {
    const extra = (low + high) >> 1;
    const text = write(node, { extra }, random);
    const count = lengthOf(text);
    if (count === wanted) return text;
    if (count <= most && Math.abs(count - wanted) < Math.abs(lengthOf(best) - wanted)) best = text;
    if (count < wanted) low = extra + 1;
    else high = extra - 1;
  }
  return best;
}

/** What may still be repeated beyond the least. */
interface Budget {
  extra: number;
}

function write(node: PatternNode, budget: Budget, random: Random): string {
  switch (node.kind) {
    case "letters":
      return random.pick(node.letters) ?? "";
    case "sequence":
      return node.parts.map((part) => write(part, budget, random)).join("");
    case "choice":
      return write(random.pick(node.options) ?? { kind: "sequence", parts: [] }, budget, random);
    case "repeat": {
      const more = Math.min(budget.extra, node.most - node.least);
      budget.extra -= more;
      return Array.from({ length: node.least + more }, () => write(node.part, budget, random)).join("");
    }
  }
}
