import { expect } from "vitest";

const name = "(?:[\\w-]+-service|\\d+ more)";
/** Several services may stand where the walk-through has one. */
const names = `(?:[↓↑] )?${name}(?:(?:,| and)\\s+(?:[↓↑] )?${name})*`;

/** What may differ in a line: services, numbers, paths, events, quoted names and what stands in brackets. */
const variable =
  /(?:[↓↑] )?[\w-]+-service(?:, (?:[↓↑] )?[\w-]+-service)*|\([^)]*\)|'[^']+'|\/[\w/{}.-]+|\b[a-z]+(?:\.[a-z]+){1,3}\b(?:, [a-z]+(?:\.[a-z]+){1,3})*|\d[\d,.]*/g;

function patternOf(line: string): RegExp {
  let pattern = "";
  let at = 0;
  for (const match of line.matchAll(variable)) {
    pattern += escaped(line.slice(at, match.index)) + formOf(match[0]);
    at = match.index + match[0].length;
  }
  // Long lines are wrapped.
  return new RegExp(
    `^\\s*${(pattern + escaped(line.slice(at))).trim().replace(/ +/g, "\\s+")}[ \\t]*$`,
    "mu",
  );
}

function formOf(text: string): string {
  if (text.includes("-service") && !text.startsWith("(")) return names;
  if (text.startsWith("(")) return "\\([^)]*\\)";
  if (text.startsWith("'")) return "'[^']+'";
  if (text.startsWith("/")) return "/[\\w/{}.-]+";
  return /^\d/.test(text) ? "\\d[\\d,.]*" : "[\\w-]+(?:\\.[\\w-]+)+(?:, [\\w-]+(?:\\.[\\w-]+)+)*";
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/**
 * Holds what was printed to a block of the walk-through: each of its lines comes, in its order; only numbers and names differ. Whatever else was
 * printed must be like one of `beside`.
 */
export function expectLines(printed: string, block: string, beside: readonly RegExp[] = [/./]): void {
  let rest = printed;
  const others: string[] = [];
  for (const line of block.split("\n").filter((text) => text.trim() !== "")) {
    const found = patternOf(line).exec(rest);
    expect(found, `'${line.trim()}' is missing in\n${printed}`).not.toBeNull();
    others.push(rest.slice(0, found?.index));
    rest = rest.slice((found?.index ?? 0) + (found?.[0].length ?? 0));
  }
  others.push(rest);
  const strange = others
    .flatMap((text) => text.split(/\n(?![ a-z])/))
    .filter((text) => text.trim() !== "" && !beside.some((pattern) => pattern.test(text.trim())));
  expect(strange, `stands beside the block in\n${printed}`).toEqual([]);
}
