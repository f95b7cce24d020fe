import type { ApiContract, Operation } from "../../model/contract.ts";
import { isBeforeSignIn, isOperational, nameOf } from "../../model/operation-purpose.ts";
import type { Check } from "../check.ts";
import { apisOf } from "../contracts/contracts-of.ts";
import { listing } from "../listing.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

/** How contracts describe what the constitution calls by these names. */
const descriptions: Readonly<Record<string, RegExp>> = {
  JWT: /bearer|jwt|oauth2|openidconnect|apikey header authorization/i,
  "OAuth 2.0": /oauth2|openidconnect|bearer/i,
  "OpenID Connect": /openidconnect|oauth2|bearer/i,
  "API key": /apikey/i,
  mTLS: /mutualtls/i,
  Basic: /http basic/i,
};

export const authenticationMissing: Check = {
  id: "authentication-missing",
  area: "principles",
  severity: "warning",
  title: "Every contract asks for the authentication that the constitution names",
  why: "Whoever reads the contract calls the service without a credential, and a gateway made from it lets everybody in.",
  fix: "Define the security scheme below 'components' and name it in 'security'; write 'security: []' where an operation is public on purpose.",

  *run(workspace) {
    const principles = principlesOf(workspace, "authentication");
    const [principle] = principles;
    if (!principle) return;
    const wanted = principles.flatMap(({ scheme }) => scheme.split(" or "));
    for (const api of apisOf(workspace)) {
      const message = complaint(api, wanted);
      if (message === undefined) continue;
      const pointer = api.securitySchemes.length === 0 ? "" : "/components/securitySchemes";
      yield { message, at: { file: api.file, pointer }, related: [statementOf(principle)] };
    }
  },
};

function complaint(
  { securitySchemes, operations }: ApiContract,
  wanted: readonly string[],
): string | undefined {
  const patterns = wanted.map((name) => descriptions[name] ?? /./);
  if (securitySchemes.some(({ description }) => patterns.some((pattern) => pattern.test(description))))
    return undefined;
  const guarded = operations.filter(isGuarded);
  if (guarded.length === 0) return undefined;
  const scheme = wanted.includes("any") ? "authentication" : listing(wanted);
  if (securitySchemes.length === 0) {
    return `The contract defines no security scheme, so ${listing(guarded.map(nameOf))} ask for no ${scheme}.`;
  }
  const defined = listing(securitySchemes.map(({ name, description }) => `'${name}' (${description})`));
  return `The contract defines ${defined}; the constitution asks for ${scheme}.`;
}

function isGuarded({ webhook, publicByChoice, path, method }: Operation): boolean {
  return !webhook && !publicByChoice && method !== "OPTIONS" && !isOperational(path) && !isBeforeSignIn(path);
}
