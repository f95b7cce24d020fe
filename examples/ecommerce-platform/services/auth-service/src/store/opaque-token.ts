import { createHash, randomBytes } from "node:crypto";

/** A token that says nothing and cannot be guessed: 256 random bits behind a prefix that tells people what they found. */
export function newOpaqueToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString("base64url")}`;
}

/** What is stored of a token. It is random enough that a plain hash gives nothing away. */
export function hashOfToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
