/** Names as a sentence has them: `a, b and 3 more`. */
export function listing(names: readonly string[], shown = 3): string {
  const rest = names.length - shown;
  if (rest > 0) return `${names.slice(0, shown).join(", ")} and ${rest} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
