/** The document in an answer, or why there is none. */
export type FoundDocument =
  /** Certain when it stood between the markers. */
  | { readonly kind: "found"; readonly text: string; readonly isCertain: boolean }
  /** It begins, and never ends. */
  | { readonly kind: "cut-off" }
  | { readonly kind: "none" };

const OPEN = /^[ \t]*<document>[ \t]*$/gm;
const CLOSE = /^[ \t]*<\/document>[ \t]*$/gm;
const FENCE = /^(`{3,}|~{3,})[ \t]*(?:markdown|md)?[ \t]*\n([\s\S]*\n)\1[ \t]*$/m;

/**
 * Takes the document out of what an author answered. Between the markers it is certain; without them a fence around all of it, or words before the
 * first heading, are clearly none of it. An answer without a heading is no document.
 */
export function documentIn(answer: string): FoundDocument {
  const text = answer.replace(/\r\n?/g, "\n");
  const open = [...text.matchAll(OPEN)].at(-1);
  if (open) {
    const rest = text.slice(open.index + open[0].length);
    // A document may tell of the marker itself: the last one ends it.
    const close = [...rest.matchAll(CLOSE)].at(-1);
    return close ? document(rest.slice(0, close.index), true) : { kind: "cut-off" };
  }
  const fenced = FENCE.exec(text);
  if (fenced && /^#{1,2} /m.test(fenced[2] ?? "") && !/^#{1,2} /m.test(text.slice(0, fenced.index)))
    return document(fenced[2] ?? "", false);
  const heading = /^#{1,2} \S/m.exec(text);
  return heading ? document(text.slice(heading.index), false) : { kind: "none" };
}

function document(text: string, isCertain: boolean): FoundDocument {
  const fenced = /^\s*(`{3,}|~{3,})[ \t]*(?:markdown|md)?[ \t]*\n([\s\S]*?)\n?\1\s*$/.exec(text);
  const inner = (fenced?.[2] ?? text).replace(/^\s*\n/, "").trimEnd();
  return /^#{1,6} \S/m.test(inner) ? { kind: "found", text: `${inner}\n`, isCertain } : { kind: "none" };
}
