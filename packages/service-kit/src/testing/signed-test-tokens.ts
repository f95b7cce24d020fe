import { exportJWK, generateKeyPair, type JWK, SignJWT } from "jose";

/** What a token says; everything has a value that holds unless the test says otherwise. */
export interface TestClaims {
  readonly userId?: string;
  readonly email?: string;
  readonly roles?: readonly string[];
  readonly sessionId?: string;
  readonly issuer?: string;
  readonly audience?: string;
  /** Seconds from now until the token expires; 900 unless said otherwise, below 0 for one that has. */
  readonly expiresInSeconds?: number;
}

export interface TestTokens {
  /** The key set as auth-service publishes it. */
  readonly jwks: { readonly keys: readonly JWK[] };
  /** Makes an access token as auth-service does. */
  sign(claims?: TestClaims): Promise<string>;
}

/** Makes an ES256 key and signs with it. */
export async function signedTestTokens({
  kid = "2026-11",
}: {
  readonly kid?: string;
} = {}): Promise<TestTokens> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" };
  return {
    jwks: { keys: [key] },
    sign: (claims = {}) => {
      const { issuer = "auth-service", audience = "ecommerce-platform", expiresInSeconds = 900 } = claims;
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        email: claims.email ?? "ada@example.com",
        roles: claims.roles ?? ["customer"],
        sid: claims.sessionId ?? "5a0c4c1e-6f0b-4c7e-8a55-1b9d6c0f2e11",
      })
        .setProtectedHeader({ alg: "ES256", kid })
        .setSubject(claims.userId ?? "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60")
        .setIssuer(issuer)
        .setAudience(audience)
        .setJti(crypto.randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(now + expiresInSeconds)
        .sign(privateKey);
    },
  };
}
