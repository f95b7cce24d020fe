import type { Database } from "@speckit/service-kit";
import { sql } from "kysely";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { deriveFrom } from "../../src/auth-secret.ts";
import { makeKeyPair } from "../../src/key-ring.ts";
import { createSigningKeyStore, type SigningKeyStore } from "../../src/store/signing-keys.ts";
import type { AuthTables } from "../../src/store/tables.ts";
import { authDatabase, ten } from "../support/auth-database.ts";

const day = 86_400_000;
let database: Database<AuthTables> | undefined;
let keys: SigningKeyStore;

function storeWith(secret: string): SigningKeyStore {
  if (!database) throw new Error("There is no database yet.");
  return createSigningKeyStore({ database, cipher: deriveFrom(secret).cipher, makeKeyPair });
}

beforeEach(async () => {
  await database?.close();
  database = await authDatabase();
  keys = storeWith("a secret of at least thirty-two bytes");
});
afterAll(() => database?.close());

describe("P8: Signing Key Rotation", () => {
  test("a first key signs at once, the next one is published a day ahead, the last one goes a day after", async () => {
    const [first] = await keys.rotate(ten());
    expect(await keys.rotate(ten(28 * day))).toEqual([first]);

    const [, next] = await keys.rotate(ten(29 * day));
    expect(next?.signsFrom).toEqual(ten(30 * day));
    expect(await keys.published(ten(31 * day - 1))).toEqual([first, next]);
    expect(await keys.rotate(ten(31 * day))).toEqual([next]);
    expect(await keys.published(ten(31 * day))).toEqual([next]);
  });

  test("Failure mode: Two instances rotate keys: one makes the key, the others find the work done", async () => {
    const rotations = await Promise.all(Array.from({ length: 8 }, () => keys.rotate(ten())));
    const names = rotations.flat().map(({ kid }) => kid);
    expect(names).toHaveLength(8);
    expect(new Set(names).size).toBe(1);
  });

  test("private keys are stored encrypted", async () => {
    const [key] = await keys.rotate(ten());
    const { rows } = await sql<{ text: string; bytes: Buffer }>`
      SELECT signing_keys::text AS text, private_jwk_encrypted AS bytes FROM signing_keys`.execute(
      database?.db as never,
    );
    const secretFactor = key?.privateJwk?.d ?? "";
    expect(secretFactor).toHaveLength(43);
    expect(rows[0]?.text).not.toContain(secretFactor);
    expect(rows[0]?.bytes.toString("latin1")).not.toContain(secretFactor);
  });

  test("with another secret a new key signs, and the old one stays published for its tokens", async () => {
    const [old] = await keys.rotate(ten());
    const changed = await storeWith("another secret of thirty-two bytes").rotate(ten(day));
    expect(changed.map(({ kid, privateJwk }) => [kid, privateJwk !== undefined])).toEqual([
      [old?.kid, false],
      [expect.any(String), true],
    ]);
  });
});
