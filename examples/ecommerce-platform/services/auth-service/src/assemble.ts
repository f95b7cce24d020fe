import type { Database, Logger, Outbox, TokenCheck } from "@speckit/service-kit";
import type { Dependencies } from "./app.ts";
import { deriveFrom } from "./auth-secret.ts";
import { createPasswords, type HashingCost } from "./hash-password.ts";
import { createJudgeToken, createOwnTokenCheck } from "./judge-token.ts";
import { createKeyRing, makeKeyPair } from "./key-ring.ts";
import { createRotation } from "./rotate-keys.ts";
import type { Settings } from "./settings.ts";
import { createTokens } from "./sign-token.ts";
import { createAccountStore } from "./store/accounts.ts";
import { createLoginFailures } from "./store/login-failures.ts";
import { createPasswordResets } from "./store/password-resets.ts";
import type { RevocationCopy } from "./store/revocation-copy.ts";
import { createRevocations } from "./store/revocations.ts";
import { createSessionStore } from "./store/sessions.ts";
import { createSigningKeyStore } from "./store/signing-keys.ts";
import type { AuthTables } from "./store/tables.ts";

export interface AssembleOptions {
  readonly settings: Pick<Settings, "secret" | "parties" | "clientAddress">;
  readonly database: Database<AuthTables>;
  readonly outbox: Outbox;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly copy?: RevocationCopy | undefined;
  readonly cost?: HashingCost;
}

export interface Assembled {
  readonly dependencies: Dependencies;
  readonly checkToken: TokenCheck;
  /** To be called before the first token is signed, and often after. */
  readonly rotateKeys: () => Promise<void>;
}

/** Puts the parts together. */
export async function assemble(options: AssembleOptions): Promise<Assembled> {
  const { settings, database, outbox, log, clock, copy, cost } = options;
  const { cipher, successorOf } = deriveFrom(settings.secret);
  const onEnd = async (sessionIds: readonly string[]) => copy?.add(sessionIds);

  const keys = createSigningKeyStore({ database, cipher, makeKeyPair });
  const ring = createKeyRing((now) => keys.published(now));
  const tokens = createTokens(ring, settings.parties);
  const judging = { tokens, revocations: createRevocations(database, copy), clock };
  const judge = createJudgeToken(judging);

  return {
    dependencies: {
      accounts: createAccountStore(database),
      failures: createLoginFailures(database),
      sessions: createSessionStore({ database, successorOf, onEnd }),
      resets: createPasswordResets({ database, outbox, onEnd }),
      passwords: await createPasswords(cost),
      clientAddress: settings.clientAddress,
      keys,
      tokens,
      judge,
      clock,
      log,
    },
    checkToken: createOwnTokenCheck(judging, judge),
    rotateKeys: createRotation({ keys, ring, clock, log }),
  };
}
