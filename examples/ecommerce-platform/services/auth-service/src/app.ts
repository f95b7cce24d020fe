import type { Handlers, Logger } from "@speckit/service-kit";
import type { ClientAddress } from "./client-address.ts";
import type { Passwords } from "./hash-password.ts";
import type { JudgeToken } from "./judge-token.ts";
import { confirmPasswordResetHandler } from "./routes/confirm-password-reset.ts";
import { getJwksHandler } from "./routes/get-jwks.ts";
import { logInHandler } from "./routes/log-in.ts";
import { logOutHandler } from "./routes/log-out.ts";
import { refreshTokensHandler } from "./routes/refresh-tokens.ts";
import { registerAccountHandler } from "./routes/register-account.ts";
import { requestPasswordResetHandler } from "./routes/request-password-reset.ts";
import { validateTokenHandler } from "./routes/validate-token.ts";
import type { Tokens } from "./sign-token.ts";
import type { AccountStore } from "./store/accounts.ts";
import type { LoginFailures } from "./store/login-failures.ts";
import type { PasswordResets } from "./store/password-resets.ts";
import type { SessionStore } from "./store/sessions.ts";
import type { SigningKeyStore } from "./store/signing-keys.ts";

/** What the operations need. */
export interface Dependencies {
  readonly accounts: AccountStore;
  readonly failures: LoginFailures;
  readonly sessions: SessionStore;
  readonly resets: PasswordResets;
  readonly keys: SigningKeyStore;
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly judge: JudgeToken;
  readonly clientAddress: ClientAddress;
  readonly clock: () => Date;
  readonly log: Logger;
}

/** The handlers of the contract, by operationId. */
export function authHandlers(dependencies: Dependencies): Handlers {
  return {
    registerAccount: registerAccountHandler(dependencies),
    logIn: logInHandler(dependencies),
    refreshTokens: refreshTokensHandler(dependencies),
    logOut: logOutHandler(dependencies),
    validateToken: validateTokenHandler(dependencies),
    getJwks: getJwksHandler(dependencies),
    requestPasswordReset: requestPasswordResetHandler(dependencies),
    confirmPasswordReset: confirmPasswordResetHandler(dependencies),
  };
}
