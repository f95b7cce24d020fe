import type { OpenApiDocument } from "./contract.ts";
import { resolve } from "./resolve.ts";

/** Where a credential that is no access token stands in a request. */
export interface CredentialPlace {
  /** `basic`: the header `authorization`, with a name and a password. */
  readonly in: "header" | "query" | "cookie" | "basic";
  readonly name: string;
}

interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly in?: "header" | "query" | "cookie";
  readonly name?: string;
}

/** The places that the security requirements of an operation name; empty when an access token will do. */
export function credentialPlacesOf(
  document: OpenApiDocument,
  security: readonly object[],
): readonly (readonly CredentialPlace[])[] {
  const schemes = document.components?.securitySchemes ?? {};
  const places = security.map((requirement) =>
    Object.keys(requirement).map((name) => {
      const scheme = schemes[name];
      return scheme && placeOf(resolve<SecurityScheme>(document, scheme));
    }),
  );
  const isByToken = places.some((alternative) => alternative.every((place) => place === undefined));
  return isByToken ? [] : places.map((alternative) => alternative.flatMap((place) => place ?? []));
}

/** Undefined: a token of some kind (`bearer`, OAuth 2, OpenID Connect), which stands in `authorization`. */
function placeOf({ type, scheme, in: where, name = "" }: SecurityScheme): CredentialPlace | undefined {
  if (type === "apiKey" && where) return { in: where, name };
  return type === "http" && scheme?.toLowerCase() === "basic"
    ? { in: "basic", name: "authorization" }
    : undefined;
}
