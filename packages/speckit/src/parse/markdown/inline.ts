/** Text without emphasis, code marks and links, with full-width punctuation as ASCII and blanks joined. */
export function plainText(markup: string): string {
  // Most texts have nothing to take away.
  if (!marks.test(markup)) return markup.trim();
  return markup
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*`]+|~~|(?<![\p{L}\p{N}_])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\p{L}\p{N}_])/gu, "")
    .replace(/[：]/g, ":")
    .replace(/[（]/g, "(")
    .replace(/[）]/g, ")")
    .replace(/\s+/g, " ")
    .trim();
}

const marks = /[*`~_[：（）]|\s\s|[\n\t\r\u00a0\u3000]/;

/** The contents of code spans, in their order. */
export function codeSpans(markup: string): string[] {
  return Array.from(markup.matchAll(/(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/g), ([, , code = ""]) => code.trim());
}

/** Code spans overwritten with blanks of the same length, so that columns stay. */
export function withoutCodeSpans(markup: string): string {
  return markup.replace(/(`+)(?:[^`]|[^`][\s\S]*?[^`])\1(?!`)/g, (span) => " ".repeat(span.length));
}
