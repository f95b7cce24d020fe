import { beforeAll, describe, expect, test } from "vitest";
import { createPasswords, type Passwords, usualCost } from "../src/hash-password.ts";

let passwords: Passwords;
beforeAll(async () => {
  passwords = await createPasswords({ memoryKib: 8, passes: 1 });
});

describe("P3: Account Registration", () => {
  test("passwords are hashed with argon2id, 19 MiB and 2 passes", async () => {
    const usual = await createPasswords(usualCost);
    expect(await usual.hash("correct horse battery")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  test("each hash has a salt of its own", async () => {
    const hashes = [
      await passwords.hash("correct horse battery"),
      await passwords.hash("correct horse battery"),
    ];
    expect(new Set(hashes).size).toBe(2);
  });
});

describe("P1: User Login", () => {
  test.each([
    { set: "correct horse battery", given: "correct horse battery", isRight: true },
    { set: "correct horse battery", given: "Correct horse battery", isRight: false },
    { set: "correct horse battery", given: "correct horse battery ", isRight: false },
    // One is typed as é, the other as e and an accent.
    { set: "pass\u00e9 compos\u00e9", given: "passe\u0301 compose\u0301", isRight: true },
  ])("after setting '$set' the password '$given' is right: $isRight", async ({ set, given, isRight }) => {
    expect(await passwords.verify(await passwords.hash(set), given)).toBe(isRight);
  });

  test("without a hash no password is right", async () => {
    expect(await passwords.verify(undefined, "correct horse battery")).toBe(false);
  });

  test("many at once are all answered", async () => {
    const passwordHash = await passwords.hash("correct horse battery");
    const given = Array.from({ length: 40 }, (_, index) => (index % 2 ? "correct horse battery" : "wrong"));
    const answers = await Promise.all(given.map((password) => passwords.verify(passwordHash, password)));
    expect(answers).toEqual(given.map((password) => password !== "wrong"));
  });

  test("what fails takes nobody's turn", async () => {
    const broken = Array.from({ length: 10 }, () =>
      passwords.verify("no hash at all", "correct horse battery"),
    );
    expect((await Promise.allSettled(broken)).every(({ status }) => status === "rejected")).toBe(true);
    expect(await passwords.verify(undefined, "correct horse battery")).toBe(false);
  });
});
