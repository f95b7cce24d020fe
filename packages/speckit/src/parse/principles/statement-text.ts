/** The words of a statement without emphasis, list marks and full-width punctuation; code spans keep their backticks. */
export function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\*\*|__|^\s*(?:[-*+]|\d+[.)])\s+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** `Database: PostgreSQL per service` as label and value; a row of a table counts by its first two cells. */
export function labelled(text: string): { readonly label: string; readonly value: string } | undefined {
  const cells = text
    .split("|")
    .map((cell) => cell.trim())
    .filter(Boolean);
  if (text.includes("|") && cells.length >= 2) return { label: cells[0] ?? "", value: cells[1] ?? "" };
  const [, label, value] = /^`?([^:`]{2,40}?)`?\s*:\s+(\S.*)$/.exec(text) ?? [];
  return label === undefined || value === undefined ? undefined : { label, value };
}

/** Whether a sentence demands something, in the languages that constitutions are written in; English words stand in sentences of all of them. */
export function demands(text: string): boolean {
  return /\b(?:must|shall|should|required?|requires|mandatory|every|all|each|always|only|never)\b|必须|必須|應|应|需|しなければ|обязан|должн|debe|obligatori|muss|müssen|doit|deve/i.test(
    text,
  );
}

/** Whether a sentence forbids, or lets off. */
export function forbids(text: string): boolean {
  return /\b(?:must not|mustn't|shall not|should not|may not|never|forbidden|prohibited|not allowed|not required|optional|no need|avoid|instead of|rather than)\b/i.test(
    text,
  );
}

export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?;。！？])\s+/);
}

export function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code.trim());
}
