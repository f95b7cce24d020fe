import { withoutCodeSpans } from "./inline.ts";

/** A question that stands in a text, with its marker. */
export interface Clarification {
  /** Undefined where the marker asks nothing. */
  readonly question: string | undefined;
  readonly index: number;
  readonly length: number;
}

/** A line may end within a question, but no paragraph, item or row. */
const rest = String.raw`[^[\]\n]|\n(?!\s*(?:[-*+]|\d+[.)])\s|[ \t]*[\n|#]|$)`;
const bracketed = String.raw`\[(?:${rest}|\[(?:${rest}|\[(?:${rest})*\])*\])*\]`;
/** `(0, 10]` and `[0, 10)`, when what closes the marker is still to come. */
const halfOpen = String.raw`(?:\([^()[\]\n]*\]|\[[^()[\]\n]*\))(?=[^\n]*\])`;
const marker = new RegExp(
  String.raw`\[(?:\*\*)?NEEDS[ _]CLARIFICATION(?:\*\*)?\s*(?:[:：]((?:${halfOpen}|${bracketed}|${rest})*|[^\]\n]*))?\]`,
  "gi",
);

/** Every `[NEEDS CLARIFICATION: …]` outside of code spans; what stands in brackets within a question belongs to it, as do its code spans. */
export function clarificationsIn(text: string): Clarification[] {
  if (!/NEEDS[ _]CLARIFICATION/i.test(text)) return [];
  return Array.from(withoutCodeSpans(text).matchAll(marker), ({ 0: whole, 1: asked, index }) => {
    const end = index + whole.length - 1;
    const question =
      asked &&
      text
        .slice(end - asked.length, end)
        .replace(/\s+/g, " ")
        .trim();
    return { question, index, length: whole.length };
  });
}

/** The text with every question overwritten by blanks, so that lines and columns stay. */
export function withoutClarifications(text: string): string {
  return clarificationsIn(text).reduce(
    (left, { index, length }) =>
      left.slice(0, index) +
      left.slice(index, index + length).replace(/[^\n]/g, " ") +
      left.slice(index + length),
    text,
  );
}
