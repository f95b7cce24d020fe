import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

export interface Passwords {
  /** A hash with its parameters and salt, as argon2 writes it. */
  hash(password: string): Promise<string>;
  /** Says whether a password is the one that was hashed. Without a hash it works as long, and says no. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}

export interface HashingCost {
  readonly memoryKib: number;
  readonly passes: number;
}

/** OWASP's recommendation for argon2id (Password Storage Cheat Sheet). */
export const usualCost: HashingCost = { memoryKib: 19 * 1024, passes: 2 };

// Node has four threads for work like this, and signatures are verified on them too: a flood of logins must not take them all.
const hashesAtOnce = 2;
// argon2id, which the package declares in a way that only its types know.
const algorithm = 2;

/** Hashes with argon2id, two passwords at a time, outside the event loop. */
export async function createPasswords(cost = usualCost): Promise<Passwords> {
  const inTurn = queue(hashesAtOnce);
  const options = { algorithm, memoryCost: cost.memoryKib, timeCost: cost.passes, parallelism: 1 };
  const hashOf = (password: string) => inTurn(() => hash(sameForAllKeyboards(password), options));
  const nobodys = await hashOf(randomBytes(32).toString("base64"));
  return {
    hash: hashOf,
    async verify(passwordHash, password) {
      const isRight = await inTurn(() => verify(passwordHash ?? nobodys, sameForAllKeyboards(password)));
      return isRight && passwordHash !== undefined;
    },
  };
}

/** The same characters can be typed as different code points; which ones is the keyboard's choice, not the person's (NIST SP 800-63B). */
function sameForAllKeyboards(password: string): string {
  return password.normalize("NFKC");
}

/** Runs no more than `limit` pieces of work at once; the others wait in the order in which they came. */
function queue(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
