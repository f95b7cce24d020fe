import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { KeyCipher } from "./store/signing-keys.ts";

/** What is made of AUTH_SECRET. Each use has a key of its own, so that none says anything about another. */
export interface AuthSecret {
  readonly cipher: KeyCipher;
  /** The refresh token that follows another: the same at each call, and to be worked out by nobody else. */
  successorOf(refreshToken: string): string;
}

export function deriveFrom(secret: string): AuthSecret {
  const successorKey = keyFor("refresh tokens", secret);
  return {
    cipher: cipherWith(keyFor("private keys", secret)),
    successorOf: (refreshToken) =>
      `rt_${createHmac("sha256", successorKey).update(refreshToken).digest("base64url")}`,
  };
}

function keyFor(purpose: string, secret: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "auth-service", purpose, 32));
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: a nonce, the tag, the text. The name of the key is authenticated, so that no key can be put in another's place. */
function cipherWith(key: Buffer): KeyCipher {
  return {
    encrypt(text, kid) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(kid));
      const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
    },

    decrypt(encrypted, kid) {
      const nonce = encrypted.subarray(0, nonceBytes);
      const tag = encrypted.subarray(nonceBytes, nonceBytes + tagBytes);
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(kid)).setAuthTag(tag);
        const text = decipher.update(encrypted.subarray(nonceBytes + tagBytes));
        return Buffer.concat([text, decipher.final()]).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}
