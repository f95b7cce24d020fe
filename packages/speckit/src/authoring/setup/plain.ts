/** A question that the draft cannot answer, in the form that `clarify` and `validate` look for. */
export function open(question: string): string {
  return `[NEEDS CLARIFICATION: ${question}]`;
}

/** Text of somebody else's document as a few words of one line that neither begin a comment nor end a table's cell. */
export function plain(text: string, most = 120): string {
  const line = text
    .replace(/[<>]/g, "")
    .replace(/[|\s\p{Cc}]+/gu, " ")
    .trim();
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}

/** A sentence of somebody's, whole, as one line outside of tables: what would begin a comment, a tag or a code span that never ends is escaped. */
export function prose(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line
    .split(/((?<!`)(`+)(?!`)(?:.*?[^`])\2(?!`))/u)
    .filter((_, index) => index % 3 !== 2)
    .map((piece, index) => (index % 2 === 1 ? uncommented(piece) : piece.replace(/(?<!\\)[<`]/g, "\\$&")))
    .join("");
}

/** Readers that look for comments line by line find them in code, too. */
function uncommented(code: string): string {
  return code.replaceAll("<!--", "<! --").replaceAll("-->", "-- >");
}
