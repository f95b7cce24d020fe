const MOST_WORDS = 7;
const dangling =
  /^(?:an?|the|of|for|to|and|or|in|on|with|from|by|at|as|that|which|what|whose|when|is|are|its?|their|each|no|not|than)$/i;

/** The first words of a sentence, up to where it takes breath. */
export function fewWords(text: string): string {
  const [clause = ""] = text.replace(/\s*\([^)]*\)/g, "").split(/[,;:]\s|\s[–—-]\s/);
  const words = clause
    .replace(/[`*]/g, "")
    .trim()
    .replace(/^(?:an?|the)\s+/i, "")
    .split(/\s+/);
  const cut = words.slice(0, MOST_WORDS);
  while (cut.length > 1 && cut.length < words.length && dangling.test(cut.at(-1) ?? "")) cut.pop();
  const joined = cut.join(" ");
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}
