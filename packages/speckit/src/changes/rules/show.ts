/** A value as messages quote it: short, on one line. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value))
    return value.length > 6 ? `${value.slice(0, 6).map(show).join(", ")} …` : value.map(show).join(", ");
  const text = typeof value === "string" ? `'${value}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
