/** Words that stand in every text and say nothing about any. */
const stopWords: ReadonlySet<string> = new Set(
  "a an and are as at be been but by can could do does for from had has have he how i if in into is it its may me my no not of on or our she should so than that the their them then there these they this those to was we were what when where which who why will with would you your".split(
    " ",
  ),
);

/** Runs of letters, digits, `_` and `$`, in any script. Marks belong to the letter before them. */
const words = /[\p{L}\p{M}\p{N}_$]+/gu;
const wordsOfAscii = /[A-Za-z0-9_$]+/g;
/** Scripts that put no blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー々]+/gu;
/** Longer runs are hashes and encoded data. */
const MAX_LENGTH = 64;

/**
 * The terms of a text in their order: lower case, identifiers whole (`userprofile`) and in their parts (`user`, `profile`), scripts without blanks in
 * pairs of characters. Stop words and single letters are left out. `known` remembers words that were met before.
 */
export function termsOf(text: string, known: Map<string, readonly string[]> = new Map()): string[] {
  const terms: string[] = [];
  for (const word of wordsIn(text)) {
    let own = known.get(word);
    if (own === undefined) {
      own = termsOfWord(word);
      known.set(word, own);
    }
    for (const term of own) terms.push(term);
  }
  return terms;
}

/** The words of a text as written. */
export function wordsIn(text: string): readonly string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII takes the slow way.
  return text.match(/^[\x00-\x7f]*$/.test(text) ? wordsOfAscii : words) ?? [];
}

function termsOfWord(word: string): readonly string[] {
  if (word.length > MAX_LENGTH * 4) return [];
  const plain = folded(word);
  const pairs = (plain.match(unspaced) ?? []).flatMap(pairsOf);
  const rest = pairs.length === 0 ? plain : plain.replace(unspaced, " ");
  return [...rest.split(" ").flatMap(termsOfIdentifier), ...pairs];
}

/** Accents and width do not matter to those who search. */
function folded(word: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing to fold in ASCII.
  if (/^[\x00-\x7f]*$/.test(word)) return word;
  return word
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
}

function termsOfIdentifier(word: string): string[] {
  const parts = word
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s_$]+/u)
    .map((part) => part.toLowerCase());
  const whole = parts.join("");
  const all = parts.filter((part) => part !== "").length > 1 ? [whole, ...parts] : [whole];
  return all.filter((term) => isTelling(term));
}

function isTelling(term: string): boolean {
  if (term.length > MAX_LENGTH || stopWords.has(term)) return false;
  return term.length > 1 || /[^a-z]/.test(term);
}

function pairsOf(run: string): string[] {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
