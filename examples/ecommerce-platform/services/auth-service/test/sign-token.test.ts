import { describe, expect, test } from "vitest";
import { createKeyRing, makeKeyPair } from "../src/key-ring.ts";
import { createTokens } from "../src/sign-token.ts";
import { parties } from "./support/auth-app.ts";
import { ten } from "./support/auth-database.ts";

const ada = {
  userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60",
  email: "ada@example.com",
  roles: ["customer"] as const,
};
const sessionId = "5b1e4c92-0c3f-4a77-8d52-0a6f1c2d3e4f";
const keyFrom = async (signsFrom: Date) => ({ ...(await makeKeyPair()), signsFrom });

describe("P2: Token Validation", () => {
  test("what was signed is verified, also when it is remembered, until it expires", async () => {
    const ring = createKeyRing(async () => []);
    ring.replace([await keyFrom(ten())]);
    const tokens = createTokens(ring, parties);
    const token = await tokens.sign(ada, sessionId, ten());
    for (const now of [ten(), ten(899_999)]) {
      expect(await tokens.verify(token, now)).toMatchObject({
        sub: ada.userId,
        sid: sessionId,
        roles: ["customer"],
      });
    }
    expect(await tokens.verify(token, ten(900_000))).toBeUndefined();
  });

  test("two tokens of one moment differ", async () => {
    const ring = createKeyRing(async () => []);
    ring.replace([await keyFrom(ten())]);
    const tokens = createTokens(ring, parties);
    expect(await tokens.sign(ada, sessionId, ten())).not.toBe(await tokens.sign(ada, sessionId, ten()));
  });

  test("a database that does not answer is no verdict about a token", async () => {
    const signer = createKeyRing(async () => []);
    signer.replace([await keyFrom(ten())]);
    const token = await createTokens(signer, parties).sign(ada, sessionId, ten());
    const ring = createKeyRing(() => Promise.reject(new Error("Connection terminated")));
    await expect(createTokens(ring, parties).verify(token, ten())).rejects.toThrow("Connection terminated");
  });
});

describe("P8: Signing Key Rotation", () => {
  test("a key that another instance made is read when a token names it", async () => {
    const key = await keyFrom(ten());
    const another = createKeyRing(async () => []);
    another.replace([key]);
    const token = await createTokens(another, parties).sign(ada, sessionId, ten());
    expect(
      await createTokens(
        createKeyRing(async () => [key]),
        parties,
      ).verify(token, ten()),
    ).toBeDefined();
  });

  test("whoever invents names of keys has the database asked once a second", async () => {
    let readings = 0;
    const ring = createKeyRing(async () => {
      readings += 1;
      return [];
    });
    for (let count = 0; count < 100; count += 1) await ring.verifying(`invented-${count}`, ten(count));
    expect(readings).toBe(1);
    await ring.verifying("invented", ten(1_000));
    expect(readings).toBe(2);
  });

  test("a key that cannot be read does not sign", async () => {
    const [readable, other] = [await keyFrom(ten(-1)), await keyFrom(ten())];
    const ring = createKeyRing(async () => []);
    ring.replace([readable, { ...other, privateJwk: undefined }]);
    expect((await ring.signing(ten())).kid).toBe(readable.kid);
    ring.replace([]);
    await expect(ring.signing(ten())).rejects.toThrow("no key to sign with");
  });
});
