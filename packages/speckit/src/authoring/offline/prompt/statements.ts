/** One sentence of a prompt, or one item of a list in it. */
export interface Statement {
  readonly text: string;
  readonly isItem: boolean;
}

const bullet = /^(?:[-+](?![-+])|\*(?=\s)|[•·‣▪–—]|\(?\d{1,3}[.)、]|\(?[a-z]\))\s*(?=\S)/iu;
/** A full stop behind these ends no sentence. */
const abbreviated = /(?:\b(?:e\.g|i\.e|etc|vs|approx|z\. ?B|bzw|usw|d\. ?h|p\. ?ex|p\. ?ej)|^\d+)\.$/i;

/** Splits what a person wrote into sentences and items, wherever lines break. */
export function statementsOf(text: string): Statement[] {
  const blocks: { text: string; isItem: boolean }[] = [];
  let isOpen = false;
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const bare = line.trim().replace(/^#{1,6}\s+/, "");
    const item = bullet.exec(bare)?.[0];
    const last = blocks.at(-1);
    if (bare === "") isOpen = false;
    else if (item !== undefined) blocks.push({ text: bare.slice(item.length), isItem: true });
    else if (isOpen && last && (!last.isItem || /^\s/.test(line))) last.text += ` ${bare}`;
    else blocks.push({ text: bare, isItem: false });
    if (bare !== "") isOpen = true;
  }
  return blocks.flatMap(({ text: block, isItem }) =>
    (isItem ? [block] : sentencesOf(block)).map((sentence) => ({
      text: sentence.replace(/\s+/g, " ").trim(),
      isItem,
    })),
  );
}

function sentencesOf(block: string): string[] {
  const pieces = block.split(/(?<=[.!?;])\s+|(?<=[。！？；])\s*/u);
  const sentences: string[] = [];
  for (const piece of pieces) {
    const last = sentences.at(-1);
    if (last !== undefined && abbreviated.test(last)) sentences[sentences.length - 1] = `${last} ${piece}`;
    else sentences.push(piece);
  }
  return sentences.filter((sentence) => sentence.trim() !== "");
}
