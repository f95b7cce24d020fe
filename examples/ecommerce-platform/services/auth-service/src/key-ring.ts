import { randomUUID } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import { signingKey } from "./domain/key-rotation.ts";
import { isReadable, type KeyPair, type PublicJwk, type SigningKey } from "./store/signing-keys.ts";

/** A key pair for ES256 (RFC 7518, 3.4), under a name that says nothing. */
export async function makeKeyPair(): Promise<KeyPair> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const { x = "", y = "", d = "" } = await exportJWK(privateKey);
  return { kid: randomUUID(), publicJwk: { x, y }, privateJwk: { x, y, d } };
}

/** A public key as verifiers read it. */
export function publishedJwk({ kid, publicJwk: { x, y } }: Pick<SigningKey, "kid" | "publicJwk">) {
  return { ...curve, x, y, kid, alg: "ES256", use: "sig" };
}

const curve = { kty: "EC", crv: "P-256" };

/** The keys that this process signs and verifies with. */
export interface KeyRing {
  /** Takes the keys that are published now in place of those it had. */
  replace(keys: readonly SigningKey[]): void;
  /** The key to sign with at `now`. Throws before the first `replace`. */
  signing(now: Date): Promise<{ readonly kid: string; readonly key: CryptoKey }>;
  /** Undefined for a name that no published key has. */
  verifying(kid: string, now: Date): Promise<CryptoKey | undefined>;
}

// Another instance may have made a key since; but whoever invents names must not have the database asked for each.
const readAgainMs = 1_000;

/** A ring that reads the published keys again when it meets an unknown name. */
export function createKeyRing(readPublished: (now: Date) => Promise<readonly SigningKey[]>): KeyRing {
  let keys: readonly SigningKey[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let imported = new Map<string, Promise<CryptoKey>>();

  const replace = (published: readonly SigningKey[]) => {
    keys = published;
    imported = new Map();
  };

  const once = (name: string, jwk: JWK) => {
    const known = imported.get(name);
    if (known) return known;
    const key = importJWK(jwk, "ES256") as Promise<CryptoKey>;
    imported.set(name, key);
    return key;
  };

  const publicKeyOf = (kid: string): PublicJwk | undefined => keys.find((key) => key.kid === kid)?.publicJwk;

  return {
    replace,

    async signing(now) {
      const key = signingKey(keys.filter(isReadable), now);
      if (!key?.privateJwk) throw new Error("There is no key to sign with.");
      return { kid: key.kid, key: await once(`private ${key.kid}`, { ...curve, ...key.privateJwk }) };
    },

    async verifying(kid, now) {
      if (!publicKeyOf(kid) && now.getTime() - readAt >= readAgainMs) {
        readAt = now.getTime();
        replace(await readPublished(now));
      }
      const jwk = publicKeyOf(kid);
      return jwk && once(`public ${kid}`, { ...curve, ...jwk });
    },
  };
}
