import { groupBy } from "../../../model/group-by.ts";
import type { Facts } from "../facts.ts";
import type { Choice } from "../fit.ts";
import { type DocumentedOperation, resourceOf, wordsFor } from "../operations.ts";
import { fewWords } from "./few-words.ts";

/** About so many tokens has a line of an endpoint. */
const LINE = 15;

export function endpointChoices(facts: Facts, target: number): Choice[] {
  const all = facts.operations.filter((one) => !one.isOperational);
  if (all.length * LINE > target) return grouped(all);
  return all.map((operation, index): Choice => {
    const line = `- ${operation.method} ${operation.path}`;
    const [short, whole] = [fewWords(wordsFor(operation)), wordsFor(operation)];
    return {
      section: "Endpoints",
      forms: [
        { text: line, worth: index < 3 ? 100 - index : 80 - index },
        ...(short === "" ? [] : [{ text: `${line} - ${short}`, worth: 60 - index / 2 }]),
        ...(whole === short ? [] : [{ text: `${line} - ${whole}`, worth: 30 - index }]),
      ],
    };
  });
}

/** Endpoints of one resource on one line, since there are more than anybody reads; the largest resources are worth most. */
function grouped(operations: readonly DocumentedOperation[]): Choice[] {
  const groups = [...groupBy(operations, ({ path }) => resourceOf(path))];
  const order = groups
    .map((_, index) => index)
    .sort((a, b) => (groups[b]?.[1].length ?? 0) - (groups[a]?.[1].length ?? 0) || a - b);
  return groups.map(([resource, own], index): Choice => {
    const rank = order.indexOf(index);
    const worth = rank < 4 ? 100 - rank : 80 - rank * 2;
    const [only] = own;
    if (own.length === 1 && only)
      return { section: "Endpoints", forms: [{ text: `- ${only.method} ${only.path}`, worth }] };
    const line = `- ${[...new Set(own.map(({ method }) => method))].join(", ")} ${resource}`;
    const tails = [...new Set(own.flatMap(({ path }) => tailOf(path, resource)))];
    const shown = tails.slice(0, MOST_TAILS).join(", ");
    return {
      section: "Endpoints",
      forms: [
        { text: `${line} - ${own.length} endpoints`, worth },
        ...(tails.length === 0
          ? []
          : [
              {
                text: `${line} - ${own.length} endpoints: ${shown}${tails.length > MOST_TAILS ? ", …" : ""}`,
                worth: 40 - rank,
              },
            ]),
      ],
    };
  });
}

const MOST_TAILS = 8;

/** What a path says beyond its resource: `cancel` of `/orders/{id}/cancel`. */
function tailOf(path: string, resource: string): string[] {
  const words = path
    .slice(resource.length)
    .split("/")
    .filter((word) => word !== "" && !/^[{:]/.test(word));
  return words.length === 0 ? [] : [words.join("/")];
}
