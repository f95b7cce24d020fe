/** What a sentence says in which somebody settles on something. English, German, French, Spanish; a sentence too many is read past, one too few is lost. */
const deciding =
  /\b(?:decid(?:e|ed|ing)|decision|chose|choosing|I(?:'ll| will| am going to|'m going to) (?:use|keep|go with|leave)|(?:let's|we(?:'ll| will| should)?) (?:use|keep|go with)|going with|instead of|rather than|trade-?off|by design|on purpose|deliberately|entschieden|entscheid\w*|anstatt|statt dessen|stattdessen|d[ée]cid\w+|plut[oô]t que|au lieu de|decid\w+|en lugar de|en vez de)\b|决定|選択|決め/i;

const LONGEST_SENTENCE = 400;

/** Sentences in which something was decided. */
export function decisionsIn(text: string): string[] {
  return sentencesIn(text).filter((sentence) => deciding.test(sentence) && !/[?？]$/.test(sentence));
}

/** Questions to the reader. */
export function questionsIn(text: string): string[] {
  return sentencesIn(text).filter((sentence) => /[?？]["')*_]*$/.test(sentence));
}

/** Sentences of prose: code, tables and quotations left out, list marks and emphasis dropped. */
function sentencesIn(text: string): string[] {
  return text
    .replace(/^(```|~~~)[\s\S]*?(?:^\1|$(?![\s\S]))/gm, "\n")
    .split(/\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)]|#|\||>)\s)/)
    .map((block) => block.replace(/\s+/g, " ").trim())
    .filter((block) => block !== "" && !/^[|>]/.test(block))
    .flatMap((block) =>
      block.replace(/^(?:[-*+]|\d+[.)]|#+)\s+/, "").split(/(?<=[.!?。！？])["')*_]*\s+(?=\S)/),
    )
    .map((sentence) => sentence.replace(/\*\*|__/g, "").trim())
    .filter((sentence) => sentence.length > 8 && sentence.length <= LONGEST_SENTENCE);
}
