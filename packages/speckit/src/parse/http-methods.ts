/** The methods that a path item may describe, as it spells them. `query` came with OpenAPI 3.2. */
export const httpMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
] as const;
