/** Reading parsed YAML and JSON without believing anything about its shape. */

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value as a mapping, empty when it is none. */
export function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string, or a number or boolean that YAML made out of an unquoted word; undefined for anything else. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

export function strings(value: unknown): string[] {
  return list(value).filter((item): item is string => typeof item === "string");
}
