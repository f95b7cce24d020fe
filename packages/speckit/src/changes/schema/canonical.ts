import { isMapping } from "../../parse/values.ts";

/** JSON with sorted keys: equal values have equal text. */
export function canonical(value: unknown): string {
  const sorted = (_: string, inner: unknown) =>
    isMapping(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  return JSON.stringify(value, sorted) ?? "undefined";
}
