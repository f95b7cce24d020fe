/** What is wrong with the text of a regular expression, if anything is. */
export type Verdict = "valid" | "foreign" | "invalid";

/** Syntax of other languages: inline flags, Python's and Perl's groups, atomic groups, possessive quantifiers, anchors, POSIX classes. */
const foreign =
  /\(\?[a-zA-Z]+[:)]|\(\?P[<=>]|\(\?>|\(\?#|\(\?[-+]?\d*[a-z]*\)|[*+?}]\+|\\[AzZGQEKRhHX]|\[\[:/;

const known = (source: string, flags: string): boolean => {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
};

/**
 * Judges a regular expression by ECMA-262, which JSON Schema asks for; both of its modes count as valid, since readers differ. `foreign` is one that
 * other languages understand.
 */
export function judgeRegularExpression(source: string): Verdict {
  if (known(source, "u") || known(source, "")) return "valid";
  return foreign.test(source) ? "foreign" : "invalid";
}
