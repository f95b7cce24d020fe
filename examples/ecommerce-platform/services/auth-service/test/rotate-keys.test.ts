import { decodeProtectedHeader } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deriveFrom } from "../src/auth-secret.ts";
import { createKeyRing, makeKeyPair } from "../src/key-ring.ts";
import { createRotation } from "../src/rotate-keys.ts";
import { createSigningKeyStore } from "../src/store/signing-keys.ts";
import { type AuthApp, authApp } from "./support/auth-app.ts";

const day = 86_400_000;
let app: AuthApp;
beforeEach(async () => {
  app = await authApp();
});
afterEach(() => app.close());

describe("P8: Signing Key Rotation", () => {
  test("the next key signs when the old one is 30 days old, and no valid token becomes invalid", async () => {
    const kidOf = ({ accessToken }: { accessToken: string }) => decodeProtectedHeader(accessToken).kid;
    const first = await app.signIn("ada@example.com");
    app.pass(29 * day);
    await app.rotateKeys();
    app.pass(day - 1);
    const last = await app.signIn("grace@example.com");
    expect(kidOf(last)).toBe(kidOf(first));

    app.pass(1);
    await app.rotateKeys();
    const next = await app.signIn("alan@example.com");
    expect(kidOf(next)).not.toBe(kidOf(first));
    for (const { accessToken } of [last, next]) {
      expect((await app.post("validate", { token: accessToken })).status).toBe(200);
    }

    app.pass(day);
    await app.rotateKeys();
    const again = (await app.post("login", { email: "ada@example.com", password: "correct horse battery" }))
      .body;
    expect(kidOf(again.data)).toBe(kidOf(next));
  });

  test("keys of another AUTH_SECRET are told of once", async () => {
    const warned: object[] = [];
    const rotate = createRotation({
      keys: createSigningKeyStore({
        database: app.database,
        cipher: deriveFrom("another secret of thirty-two bytes").cipher,
        makeKeyPair,
      }),
      ring: createKeyRing(async () => []),
      clock: app.now,
      log: { ...app.dependencies.log, warn: (data: object) => void warned.push(data) } as never,
    });
    await rotate();
    await rotate();
    expect(warned).toEqual([{ count: 1 }]);
  });
});
