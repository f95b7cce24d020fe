import { isMapping, mapping } from "./values.ts";

/** The methods that a path item may describe, as it spells them. `query` came with OpenAPI 3.2. */
const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"] as const;

/**
 * The operations of a path item: under which method, and the tokens that lead to each. OpenAPI 3.2 has a place for methods that the specification
 * does not name.
 */
export function* operationsIn(pathItem: unknown): Generator<{ method: string; tokens: readonly string[] }> {
  const members = mapping(pathItem);
  for (const method of httpMethods) if (isMapping(members[method])) yield { method, tokens: [method] };
  for (const [method, value] of Object.entries(mapping(members.additionalOperations)))
    if (isMapping(value)) yield { method: method.toLowerCase(), tokens: ["additionalOperations", method] };
}
