import type { Role, TokenOwner } from "./account.ts";

/** How long an access token is valid, in seconds. */
export const accessTokenSeconds = 900;

/** Who issues tokens, and for whom. */
export interface TokenParties {
  readonly issuer: string;
  readonly audience: string;
}

/** The claims of an access token (RFC 7519). Times are in seconds since 1970. */
export interface AccessClaims {
  readonly iss: string;
  readonly aud: string;
  /** The account's id. */
  readonly sub: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** The session, by which tokens are revoked. */
  readonly sid: string;
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
}

/** What a new access token says. */
export function accessClaims(
  { userId, email, roles }: TokenOwner,
  { sessionId, tokenId }: { readonly sessionId: string; readonly tokenId: string },
  { issuer, audience }: TokenParties,
  now: Date,
): AccessClaims {
  const iat = Math.floor(now.getTime() / 1000);
  return {
    iss: issuer,
    aud: audience,
    sub: userId,
    email,
    roles,
    sid: sessionId,
    jti: tokenId,
    iat,
    exp: iat + accessTokenSeconds,
  };
}

/**
 * The key that a header names; undefined when the token is refused for its header alone. Only ES256 is accepted, whatever else a header
 * offers: `none`, or HS256 with the public key as its secret, would let anybody sign (RFC 8725, 3.1).
 */
export function keyNamedBy(header: { readonly alg?: unknown; readonly kid?: unknown }): string | undefined {
  return header.alg === "ES256" && typeof header.kid === "string" ? header.kid : undefined;
}

/** The claims of a token whose signature holds; undefined when it was issued by another, for another, or lacks something. */
export function readClaims(payload: unknown, { issuer, audience }: TokenParties): AccessClaims | undefined {
  if (typeof payload !== "object" || payload === null) return undefined;
  const claims = payload as Partial<Record<keyof AccessClaims, unknown>>;
  const isOurs = claims.iss === issuer && claims.aud === audience;
  const isWhole = texts.every((name) => typeof claims[name] === "string") && Array.isArray(claims.roles);
  const isDated = Number.isFinite(claims.iat) && Number.isFinite(claims.exp);
  return isOurs && isWhole && isDated ? (payload as AccessClaims) : undefined;
}

const texts = ["sub", "email", "sid", "jti"] as const;

/** Says whether the time of a token is over. */
export function isExpired({ exp }: Pick<AccessClaims, "exp">, now: Date): boolean {
  return now.getTime() >= exp * 1000;
}
