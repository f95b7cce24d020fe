import { divide } from "./divide.ts";
import { blankSeals, type Hash, isSealed, readSeals, withoutLayout } from "./seals.ts";

/**
 * ai-doc.md with blank lines for the sections that were generated: what they say stands in specifications, contracts and code. Lines keep their
 * numbers.
 */
export function withoutGenerated(text: string, hash: Hash): string {
  const { seals } = readSeals(text);
  return divide("ai-doc.md", blankSeals(text))
    .map(({ key, text: own }) =>
      isSealed(seals, "ai-doc.md", key, hash(withoutLayout(own))) ? own.replace(/[^\n]/g, "") : own,
    )
    .join("\n");
}
