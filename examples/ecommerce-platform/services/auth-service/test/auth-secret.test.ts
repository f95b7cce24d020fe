import { describe, expect, test } from "vitest";
import { deriveFrom } from "../src/auth-secret.ts";

const { cipher, successorOf } = deriveFrom("a secret of at least thirty-two bytes");
const others = deriveFrom("another secret of thirty-two bytes");

describe("P4: Token Refresh", () => {
  test("the successor of a refresh token is always the same, and only the secret leads to it", () => {
    const successor = successorOf("rt_first");
    expect(successor).toMatch(/^rt_[A-Za-z0-9_-]{43}$/);
    expect(successorOf("rt_first")).toBe(successor);
    expect(successorOf("rt_second")).not.toBe(successor);
    expect(others.successorOf("rt_first")).not.toBe(successor);
  });
});

describe("P8: Signing Key Rotation", () => {
  const encrypted = cipher.encrypt("the private key", "2026-11");
  const changedAt = (index: number) => {
    const copy = Buffer.from(encrypted);
    copy[index] = (copy[index] ?? 0) ^ 1;
    return copy;
  };

  test("a private key is read under the secret and the name that it was encrypted with", () => {
    expect(cipher.decrypt(encrypted, "2026-11")).toBe("the private key");
    expect(cipher.encrypt("the private key", "2026-11")).not.toEqual(encrypted);
  });

  test.each([
    { given: "another secret", read: () => others.cipher.decrypt(encrypted, "2026-11") },
    { given: "another key's name", read: () => cipher.decrypt(encrypted, "2026-12") },
    { given: "a changed nonce", read: () => cipher.decrypt(changedAt(0), "2026-11") },
    { given: "a changed tag", read: () => cipher.decrypt(changedAt(12), "2026-11") },
    { given: "a changed text", read: () => cipher.decrypt(changedAt(28), "2026-11") },
    { given: "a shortened text", read: () => cipher.decrypt(encrypted.subarray(0, 20), "2026-11") },
    { given: "nothing", read: () => cipher.decrypt(Buffer.alloc(0), "2026-11") },
  ])("with $given nothing is read", ({ read }) => {
    expect(read()).toBeUndefined();
  });
});
