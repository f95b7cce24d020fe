import { type Caller, problems, type TokenCheck } from "@speckit/service-kit";
import type { AccessClaims } from "./domain/access-token.ts";
import type { Tokens } from "./sign-token.ts";
import type { Revocations } from "./store/revocations.ts";

/** The claims of a token that holds now, with the roles that hold now; undefined for any other. */
export type JudgeToken = (token: string) => Promise<AccessClaims | undefined>;

export interface JudgeTokenOptions {
  readonly tokens: Tokens;
  readonly revocations: Revocations;
  readonly clock: () => Date;
}

export function createJudgeToken({ tokens, revocations, clock }: JudgeTokenOptions): JudgeToken {
  return async (token) => {
    const claims = await tokens.verify(token, clock());
    const roles = claims && (await revocations.rolesNow(claims));
    return claims && roles && { ...claims, roles };
  };
}

/** The check of the operations of this service itself, which need no call to anybody. */
export function createOwnTokenCheck({ tokens, clock }: JudgeTokenOptions, judge: JudgeToken): TokenCheck {
  const callerOf = (token: string, claims: AccessClaims | undefined): Caller => {
    if (!claims) throw problems.unauthorized();
    const { sub, email, roles, sid } = claims;
    return { userId: sub, email, roles, sessionId: sid, token };
  };
  return Object.assign(async (token: string) => callerOf(token, await judge(token)), {
    verifyOnly: async (token: string) => callerOf(token, await tokens.verify(token, clock())),
  });
}
