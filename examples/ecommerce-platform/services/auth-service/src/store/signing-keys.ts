import type { Database } from "@speckit/service-kit";
import { type Selectable, sql } from "kysely";
import { type KeyTimes, nextKeySignsFrom, publishedKeys } from "../domain/key-rotation.ts";
import type { AuthTables } from "./tables.ts";

/** A key pair for ES256. */
export interface KeyPair {
  readonly kid: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: PrivateJwk;
}

/** The point on P-256 that is the public key (RFC 7518, 6.2.1). */
export interface PublicJwk {
  readonly x: string;
  readonly y: string;
}

/** With its secret factor (RFC 7518, 6.2.2). */
export interface PrivateJwk extends PublicJwk {
  readonly d: string;
}

export interface SigningKey extends KeyTimes {
  readonly publicJwk: PublicJwk;
  /** Undefined when it was encrypted under another secret: such a key verifies, but cannot sign here. */
  readonly privateJwk: PrivateJwk | undefined;
}

/** Encrypts private keys; `kid` binds the text to its key. `decrypt` gives undefined for what was encrypted under another secret. */
export interface KeyCipher {
  encrypt(text: string, kid: string): Buffer;
  decrypt(encrypted: Buffer, kid: string): string | undefined;
}

export interface SigningKeyStore {
  /** The keys that are published at `now`. */
  published(now: Date): Promise<SigningKey[]>;
  /** Makes the next key when it is due, removes those that are no longer published, and returns the rest. One instance does it at a time. */
  rotate(now: Date): Promise<SigningKey[]>;
}

export interface SigningKeyStoreOptions {
  readonly database: Database<AuthTables>;
  readonly cipher: KeyCipher;
  readonly makeKeyPair: () => Promise<KeyPair>;
}

export function createSigningKeyStore({
  database,
  cipher,
  makeKeyPair,
}: SigningKeyStoreOptions): SigningKeyStore {
  const readKeys = async (db: Pick<typeof database.db, "selectFrom">) => {
    const rows = await db.selectFrom("signing_keys").selectAll().orderBy("signs_from").execute();
    return rows.map((row) => keyOf(row, cipher));
  };

  return {
    async published(now) {
      return publishedKeys(await readKeys(database.db), now);
    },

    rotate: (now) =>
      database.transaction(async (trx) => {
        await sql`SELECT pg_advisory_xact_lock(hashtextextended('signing key rotation', 0))`.execute(trx);
        const keys = await readKeys(trx);
        // What cannot be read cannot sign: without a readable key one is made as on the first day.
        const signsFrom = nextKeySignsFrom(keys.filter(isReadable), now);
        if (signsFrom) {
          const pair = await makeKeyPair();
          await trx
            .insertInto("signing_keys")
            .values(rowOf(pair, signsFrom, cipher, now))
            .execute();
          keys.push({ ...pair, signsFrom });
        }

        const published = publishedKeys(keys, now);
        const kept = published.map(({ kid }) => kid);
        await trx.deleteFrom("signing_keys").where("kid", "not in", kept).execute();
        return published;
      }),
  };
}

type Row = Selectable<AuthTables["signing_keys"]>;

function keyOf({ kid, public_jwk, private_jwk_encrypted, signs_from }: Row, cipher: KeyCipher): SigningKey {
  const text = cipher.decrypt(private_jwk_encrypted, kid);
  return {
    kid,
    publicJwk: public_jwk,
    privateJwk: text === undefined ? undefined : JSON.parse(text),
    signsFrom: signs_from,
  };
}

function rowOf({ kid, publicJwk, privateJwk }: KeyPair, signsFrom: Date, cipher: KeyCipher, now: Date): Row {
  return {
    kid,
    public_jwk: publicJwk,
    private_jwk_encrypted: cipher.encrypt(JSON.stringify(privateJwk), kid),
    published_at: now,
    signs_from: signsFrom,
  };
}

/** Says whether a key can sign here. */
export function isReadable(key: SigningKey): boolean {
  return key.privateJwk !== undefined;
}
