import type { Block } from "./blocks.ts";

/** Words that are frequent in one language and rare in the others listed. */
const frequentWords: Readonly<Record<string, string>> = {
  en: "the and of to with is are when that for must can from should",
  es: "el la los las una con para que de en y se por del cuando usuario debe está desde según",
  pt: "o os uma com para que de em e se por não do da quando usuário deve são você dos",
  fr: "le la les une avec pour que de en et des du est dans quand doit sont sur utilisateur",
  de: "der die das und mit für ist nicht wenn muss werden ein eine auf wird",
  it: "il la gli una con per che di e se della quando deve sono del utente nella dal",
  nl: "de het een en met voor niet wanneer moet zijn wordt op van dat",
  pl: "i w na z do się nie jest gdy musi oraz dla przez użytkownik",
  tr: "ve bir bu için ile olarak kullanıcı gerekir eğer olan değil",
  vi: "và của là các khi được người dùng cho phải với không",
};
const languagesOfWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(frequentWords)) {
  for (const word of words.split(" "))
    languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language]);
}
/** From this share of letters on a script decides: keywords and names stay Latin in documents of every language. */
const SCRIPT_SHARE = 0.12;
/** Characters that are looked at. */
const SAMPLE = 8_000;

/** Best guess at the language of a document's prose, as ISO 639-1 code. */
export function languageOf(blocks: readonly Block[]): string {
  const text = sampleOf(blocks);
  return languageOfScript(text) ?? byWords(text.toLowerCase());
}

function languageOfScript(text: string): string | undefined {
  // Latin letters end before: most documents need no counting.
  if (!/[\u0400-\uffff]/.test(text)) return undefined;
  const letters = countOf(text, /\p{L}/gu);
  const share = (script: RegExp) => countOf(text, script) / Math.max(letters, 1);
  if (share(/[\u3040-\u30ff]/g) > SCRIPT_SHARE / 3) return "ja";
  if (share(/[\uac00-\ud7af]/g) > SCRIPT_SHARE) return "ko";
  if (share(/[\u4e00-\u9fff]/g) > SCRIPT_SHARE) return "zh";
  if (share(/[\u0400-\u04ff]/g) > SCRIPT_SHARE) return /[іїєґ]/i.test(text) ? "uk" : "ru";
  return share(/[\u0600-\u06ff]/g) > SCRIPT_SHARE ? "ar" : undefined;
}

function byWords(text: string): string {
  const counts = new Map<string, number>([["en", 0]]);
  for (const word of text.match(/\p{L}+/gu) ?? []) {
    for (const language of languagesOfWord.get(word) ?? [])
      counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

function sampleOf(blocks: readonly Block[]): string {
  let text = "";
  for (const block of blocks) {
    if (text.length > SAMPLE) break;
    if (block.kind === "heading") text += `${block.text}\n`;
    else if (block.kind === "table") text += `${block.rows.flatMap(({ cells }) => cells).join(" ")}\n`;
    else if (block.kind !== "code") text += `${block.lines.map((line) => line.text).join(" ")}\n`;
  }
  return text.replace(/`[^`\n]*`/g, " ");
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
