import type { Statement } from "../../model/constitution.ts";
import { labelled, plainText } from "./statement-text.ts";

/** By the name that the constitution's reader is shown: how texts and security schemes call it. */
const schemes: Readonly<Record<string, RegExp>> = {
  JWT: /\bjwts?\b|\bbearer\b|json web token/i,
  "OAuth 2.0": /\boauth\b|\boauth ?2/i,
  "OpenID Connect": /\bopenid\b|\boidc\b/i,
  "API key": /\bapi[- ]?keys?\b/i,
  mTLS: /\bmtls\b|\bmutual tls\b|\bclient certificates?\b/i,
  Basic: /\bbasic auth/i,
};
const isLabel =
  /^(?:service |api )?(?:auth(?:entication|n)?(?: (?:&|and|\/) ?auth(?:orization|z)?)?|認証|认证|аутентификация|autenticación)$/i;
const isDemand =
  /\b(?:all|every|each)\b[^.]*\b(?:endpoint|api|request|route|operation|service|call)s?\b[^.]*\b(?:must|shall|requires?|required|are|is|uses?|validates?)\b[^.]*(?:\bauthenticat|\bjwts?\b|\boauth|\bbearer\b|\bapi[- ]keys?\b|\bmtls\b|\boidc\b)/i;
/** How people are asked, how it is tested and how keys are kept are other questions. */
const isElsewhere = /\b(?:tests?|tested|coverage|stored|storage|logged|rotat\w+|e2e)\b/i;

/** Finds the demand that callers authenticate, and how; `any` when the text leaves that open. */
export function authentication(statement: Statement) {
  const text = plainText(statement.text);
  const line = labelled(text);
  const isLine = line !== undefined && isLabel.test(line.label);
  if ((!isLine && !isDemand.test(text)) || isElsewhere.test(text)) return undefined;
  const named = Object.entries(schemes).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  const isExample = /\be\.?g\.?|\bsuch as\b|\bfor example\b|例/i.test(text);
  return {
    kind: "authentication" as const,
    scheme: named.length === 0 || isExample ? "any" : named.join(" or "),
    statement,
  };
}
