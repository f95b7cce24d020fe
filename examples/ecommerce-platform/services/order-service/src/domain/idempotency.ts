/**
 * One text for all bodies that mean the same: JSON without spaces and with sorted properties. The order of a list
 * has a meaning and stays.
 */
export function canonicalBody(body: unknown): string {
  return JSON.stringify(body, (_name, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? sortProperties(value) : value,
  );
}

function sortProperties(object: object): object {
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
}
