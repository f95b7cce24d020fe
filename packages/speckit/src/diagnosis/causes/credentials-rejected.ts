import { type Cause, quotes } from "../cause.ts";

const signs =
  /\bjwt (?:expired|malformed|must be provided)|JWTExpired|JWSSignatureVerificationFailed|JWKSNoMatchingKey|invalid (?:signature|token|credentials)|token (?:has |is )?(?:expired|revoked|missing|invalid)|\b401\b[^\n]*|Unauthorized[^\n]*|\b403 Forbidden|WWW-Authenticate/i;

export const credentialsRejected: Cause = {
  id: "credentials-rejected",
  kind: "contract",
  title: "The caller's credentials were not accepted",
  why: "A token has expired, was revoked, or was signed with a key that the service does not know; or none was sent.",
  check:
    "Read the token's `exp`, `iss` and `kid`; is the key among those that the issuer publishes, and are the clocks alike?",

  find({ error, workspace }) {
    if (error.status !== undefined && error.status !== 401 && error.status !== 403) return [];
    const said = quotes(error.text, signs);
    const told = error.status === 401 ? [{ text: "the answer's status is 401" }] : [];
    if (said.length + told.length === 0) return [];
    const rule = workspace.constitution?.principles.find(({ kind }) => kind === "authentication")?.statement;
    return [
      ...(said.length > 0 ? said : told),
      ...(rule ? [{ text: `constitution: ${rule.text}`, at: rule.at }] : []),
    ];
  },
};
