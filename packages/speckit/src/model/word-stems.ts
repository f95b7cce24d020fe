const fillers = new Set(
  "a an and any all are as at be by can do each for from has have in into is it its not of on or other own owns so such than that the their them this to up via with within all managing manage manages management handle handles handling provide provides providing support supports service services system data".split(
    " ",
  ),
);

/** The words of a sentence that carry its meaning, in a form in which "tokens" and "token", "storing" and "stored" are alike. */
export function wordStems(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 1 && !fillers.has(word)).map(stem));
}

function stem(word: string): string {
  if (word.length < 5) return word.replace(/s$/, "");
  // "cancelled" doubles what "cancel" has once.
  return word
    .replace(/(?:ations?|ions?|ings?|ers?|ors?|ies|es|ed|e|s|y)$/, "")
    .replace(/([^aeiou])\1$/, "$1");
}
