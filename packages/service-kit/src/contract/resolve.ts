/** What stands at the end of a `$ref` into the same document. Throws when nothing does. */
export function valueAt(document: object, ref: string): object {
  const target = ref
    .slice(2)
    .split("/")
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((at: unknown, token) => (at as Record<string, unknown> | undefined)?.[token], document);
  if (!ref.startsWith("#/") || typeof target !== "object" || target === null)
    throw new Error(`There is no ${ref}.`);
  return target;
}

/** What a value stands for that may be a `$ref` into the same document, or to another such. Throws when that is nothing. */
export function resolve<Value>(document: object, value: object): Value {
  return "$ref" in value ? resolve<Value>(document, valueAt(document, String(value.$ref))) : (value as Value);
}
