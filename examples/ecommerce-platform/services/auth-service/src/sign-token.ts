import { hash, randomUUID } from "node:crypto";
import { CompactSign, compactVerify, errors } from "jose";
import { LRUCache } from "lru-cache";
import {
  type AccessClaims,
  accessClaims,
  isExpired,
  keyNamedBy,
  readClaims,
  type TokenParties,
} from "./domain/access-token.ts";
import type { TokenOwner } from "./domain/account.ts";
import type { KeyRing } from "./key-ring.ts";

export interface Tokens {
  /** A new access token for a session. */
  sign(owner: TokenOwner, sessionId: string, now: Date): Promise<string>;
  /** The claims of a token that we signed and whose time is not over; undefined for any other text. Says nothing about revocation. */
  verify(token: string, now: Date): Promise<AccessClaims | undefined>;
}

// A token is asked for at every request of its owner, and its signature never changes its mind.
const rememberedTokens = 20_000;

export function createTokens(ring: KeyRing, parties: TokenParties): Tokens {
  const remembered = new LRUCache<string, AccessClaims>({ max: rememberedTokens });
  return {
    async sign(owner, sessionId, now) {
      const { kid, key } = await ring.signing(now);
      const claims = accessClaims(owner, { sessionId, tokenId: randomUUID() }, parties, now);
      return new CompactSign(encode(claims)).setProtectedHeader({ alg: "ES256", kid }).sign(key);
    },

    async verify(token, now) {
      // By hash, so that a dump of the memory holds no tokens.
      const name = hash("sha256", token, "base64");
      const claims = remembered.get(name) ?? (await verify(token, ring, parties, now));
      if (!claims || isExpired(claims, now)) return undefined;
      remembered.set(name, claims);
      return claims;
    },
  };
}

async function verify(token: string, ring: KeyRing, parties: TokenParties, now: Date) {
  try {
    const { payload } = await compactVerify(
      token,
      async (header) => {
        const kid = keyNamedBy(header);
        const key = kid === undefined ? undefined : await ring.verifying(kid, now);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      { algorithms: ["ES256"] },
    );
    return readClaims(JSON.parse(new TextDecoder().decode(payload)), parties);
  } catch (error) {
    // Everything else, such as a database that does not answer, is no verdict about the token.
    if (error instanceof errors.JOSEError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function encode(claims: AccessClaims): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(claims));
}
