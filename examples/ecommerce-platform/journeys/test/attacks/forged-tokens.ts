import { createPublicKey, createSecretKey, generateKeyPairSync } from "node:crypto";
import { decodeJwt, importJWK, type JWK, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { deriveFrom } from "../../../services/auth-service/src/auth-secret.ts";
import type { Shop } from "../support/open-shop.ts";
import { type Customer, post, put } from "../support/person.ts";

/** What auth-service encrypts its keys with, in the shop that is attacked. */
export const authSecret = "a secret of the shop, known to its owner and to this test";

type Signed = Parameters<SignJWT["sign"]>[0];

interface Forger {
  /** The claims of a token that holds. */
  readonly claims: JWTPayload;
  readonly kid: string;
  readonly publicJwk: JWK;
  /** The key of the shop itself, as if it had been stolen. */
  readonly ownKey: Signed;
}

const sign = (claims: JWTPayload, key: Signed, header: { alg: string; kid?: string; jwk?: JWK }) =>
  new SignJWT(claims).setProtectedHeader(header).sign(key);

const now = () => Math.floor(Date.now() / 1000);

const forgeries: readonly { what: string; forge(forger: Forger): Promise<string> | string }[] = [
  { what: "no signature (alg none)", forge: ({ claims }) => new UnsecuredJWT(claims).encode() },
  {
    what: "HS256 with the public key as PEM",
    forge: ({ claims, kid, publicJwk }) => {
      const pem = createPublicKey({ key: publicJwk as never, format: "jwk" }).export({
        type: "spki",
        format: "pem",
      });
      return sign(claims, createSecretKey(Buffer.from(pem)), { alg: "HS256", kid });
    },
  },
  {
    what: "HS256 with the public key as JWK",
    forge: ({ claims, kid, publicJwk }) =>
      sign(claims, createSecretKey(Buffer.from(JSON.stringify(publicJwk))), { alg: "HS256", kid }),
  },
  {
    what: "the key of somebody else, under our name",
    forge: ({ claims, kid }) =>
      sign(claims, generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey, { alg: "ES256", kid }),
  },
  {
    what: "the key of somebody else, enclosed in the token",
    forge: ({ claims, kid }) => {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      return sign(claims, privateKey, { alg: "ES256", kid, jwk: publicKey.export({ format: "jwk" }) as JWK });
    },
  },
  {
    what: "a key that nobody published",
    forge: ({ claims, ownKey }) => sign(claims, ownKey, { alg: "ES256", kid: "../../etc/passwd" }),
  },
  { what: "no name of a key", forge: ({ claims, ownKey }) => sign(claims, ownKey, { alg: "ES256" }) },
  {
    what: "a time that is over",
    forge: ({ claims, ownKey, kid }) =>
      sign({ ...claims, iat: now() - 901, exp: now() - 1 }, ownKey, { alg: "ES256", kid }),
  },
  {
    what: "no time at all",
    forge: ({ claims: { exp: _, ...claims }, ownKey, kid }) => sign(claims, ownKey, { alg: "ES256", kid }),
  },
  {
    what: "another audience",
    forge: ({ claims, ownKey, kid }) =>
      sign({ ...claims, aud: "another-shop" }, ownKey, { alg: "ES256", kid }),
  },
  {
    what: "another issuer",
    forge: ({ claims, ownKey, kid }) =>
      sign({ ...claims, iss: "evil-service" }, ownKey, { alg: "ES256", kid }),
  },
  {
    what: "a session that never was",
    forge: ({ claims, ownKey, kid }) =>
      sign({ ...claims, sid: "5a0c4c1e-6f0b-4c7e-8a55-1b9d6c0f2e11" }, ownKey, { alg: "ES256", kid }),
  },
];

/** Tokens that auth-service did not issue. */
export function forgedTokens(shop: () => Shop): void {
  describe("a token with", () => {
    let ada: Customer;
    let forger: Forger;
    beforeAll(async () => {
      ada = await shop().newCustomer();
      forger = await becomeForger(shop(), ada.accessToken);
    });
    const using = (token: string, path: string, request = {}) =>
      ada.asks(path, { ...request, headers: { authorization: `Bearer ${token}` } });

    test("the key of the shop and the right claims would hold", async () => {
      const { claims, ownKey, kid } = forger;
      const token = await sign({ ...claims, jti: "stolen" }, ownKey, { alg: "ES256", kid });
      expect((await using(token, "/api/v1/orders")).status).toBe(200);
    });

    test("a role that its account does not have gives no rights", async () => {
      const { claims, ownKey, kid } = forger;
      const roles = ["customer", "administrator"];
      const token = await sign({ ...claims, roles }, ownKey, { alg: "ES256", kid });
      const product = { name: "Tea", unitPrice: 0, currency: "EUR", available: 1 };
      expect((await using(token, "/api/v1/products/TEA-100", { method: "PUT", body: product })).status).toBe(
        403,
      );
      expect((await using(token, "/api/v1/reservations")).status).toBe(403);
    });

    test.each(forgeries)("$what opens nothing", async ({ forge }) => {
      const token = await forge(forger);
      for (const path of ["/api/v1/orders", `/api/v1/users/${ada.userId}`, "/api/v1/notifications"])
        expect((await using(token, path)).status).toBe(401);
      expect((await ada.asks("/api/v1/auth/validate", post({ token }))).status).toBe(401);
      // Services do not rely on the gateway.
      for (const name of ["order-service", "notification-service"]) {
        const service = shop().platform.services.get(name);
        const path = name === "order-service" ? "orders" : "notifications";
        const headers = { authorization: `Bearer ${token}` };
        expect((await fetch(`${service?.url}/api/v1/${path}`, { headers })).status).toBe(401);
      }
    });
  });

  describe("what is no access token opens nothing:", () => {
    test("a refresh token, a token in the query, another scheme", async () => {
      const ada = await shop().newCustomer();
      const open = (headers: Record<string, string>, query = "") =>
        ada.asks(`/api/v1/orders${query}`, { headers });
      expect((await open({ authorization: `Bearer ${ada.refreshToken}` })).status).toBe(401);
      expect((await open({}, `?access_token=${ada.accessToken}`)).status).toBe(401);
      expect((await open({ authorization: `Basic ${ada.accessToken}` })).status).toBe(401);
      expect((await open({ cookie: `token=${ada.accessToken}` })).status).toBe(401);
      const { status } = await ada.asks("/api/v1/auth/refresh", post({ refreshToken: ada.accessToken }));
      expect([401, 422]).toContain(status);
    });

    test("headers by which services behind other gateways know their callers", async () => {
      const ada = await shop().newCustomer();
      const administrator = {
        "x-user-id": ada.userId,
        "x-roles": "administrator",
        "x-forwarded-user": "admin",
      };
      expect((await ada.asks("/api/v1/orders", { headers: administrator })).status).toBe(401);
      const request = {
        ...put({ name: "Tea", unitPrice: 0, currency: "EUR", available: 1 }),
        headers: administrator,
      };
      expect((await ada.does("/api/v1/products/TEA-100", request)).status).toBe(403);
    });
  });
}

async function becomeForger({ platform }: Shop, token: string): Promise<Forger> {
  const client = new pg.Client({ connectionString: platform.servers.databaseUrls.get("auth-service") });
  await client.connect();
  const { rows } = await client.query("SELECT * FROM signing_keys ORDER BY signs_from LIMIT 1");
  await client.end();
  const [{ kid, public_jwk, private_jwk_encrypted }] = rows;
  const text = deriveFrom(authSecret).cipher.decrypt(private_jwk_encrypted, kid) ?? "";
  const curve = { kty: "EC", crv: "P-256" };
  const ownKey = await importJWK({ ...curve, ...JSON.parse(text) }, "ES256");
  return { claims: decodeJwt(token), kid, publicJwk: { ...curve, ...public_jwk }, ownKey };
}
