import { type Node, NodeBelow } from "../../parse/references.ts";
import { mapping } from "../../parse/values.ts";

/** A media type of a `content` object with its node. */
export interface MediaType {
  readonly name: string;
  readonly node: Node;
}

export interface MediaTypeMatch {
  readonly matched: readonly { readonly before: MediaType; readonly after: MediaType }[];
  readonly removed: readonly MediaType[];
  readonly added: readonly MediaType[];
}

/**
 * Finds which media type became which. Parameters such as `charset` and case say nothing; `application/problem+json` is a kind of
 * `application/json` (RFC 6839), and `application/*` covers both.
 */
export function matchMediaTypes(before: readonly MediaType[], after: readonly MediaType[]): MediaTypeMatch {
  const [first] = before;
  const [only] = after;
  // The usual case: one media type, the same as before.
  if (first && only && before.length + after.length === 2 && first.name === only.name) {
    return { matched: [{ before: first, after: only }], removed: [], added: [] };
  }
  const old = new Set(before);
  const now = new Set(after);
  const matched: { before: MediaType; after: MediaType }[] = [];
  const tryAll = (fits: (a: string, b: string) => boolean) => {
    for (const a of old) {
      const b = [...now].find((candidate) => fits(essence(a.name), essence(candidate.name)));
      if (!b) continue;
      old.delete(a);
      now.delete(b);
      matched.push({ before: a, after: b });
    }
  };
  tryAll((a, b) => a === b);
  tryAll((a, b) => covers(a, b) || covers(b, a));
  return { matched, removed: [...old], added: [...now] };
}

/** Type and subtype, in lower case. */
export function essence(name: string): string {
  return (name.split(";")[0] ?? "").trim().toLowerCase();
}

/** Whether everything of media type `b` is also of media type `a`. */
export function covers(a: string, b: string): boolean {
  const [typeA, subtypeA = ""] = a.split("/");
  const [typeB, subtypeB = ""] = b.split("/");
  if (a === "*/*") return true;
  return typeA === typeB && (subtypeA === "*" || subtypeA === subtypeB || subtypeB.endsWith(`+${subtypeA}`));
}

/** Bodies in which every value is text: forms and plain text. */
export function isTextual(name: string): boolean {
  return /^(?:application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)$/.test(essence(name));
}

export function mediaTypesOf(content: Node): MediaType[] {
  return Object.entries(mapping(content.value)).map(([name, value]) => ({
    name,
    node: new NodeBelow(content, name, value),
  }));
}
