import { secretPatterns } from "./secret-patterns.ts";

/** A text without its secrets. */
export interface Redacted {
  readonly text: string;
  /** How many were replaced by `[redacted: KIND]`. */
  readonly count: number;
}

/** What stands where a secret could stand, and is none: types, references to where it is kept, and the like. */
const harmless =
  /^(?:true|false|null|undefined|none|string|number|boolean|required|optional|redacted|hidden|changed?|unchanged|missing|invalid|expired|wrong|process\.env\b.*|import\.meta\.env\b.*|os\.environ.*|env[.:].*|\$.*|\{\{.*|<.*|%\w+%|\*+|x{3,}|\.{3,}|…|\[redacted.*|await|new|async|function|typeof|this|self|[A-Za-z]+\.(?:[A-Za-z]+\.?)+)$/i;

/**
 * Replaces whatever looks like a key, a token or a password. Rather too much than too little: a summary can do without a word, but not with a
 * secret. Doing it twice changes nothing.
 */
export function redact(text: string): Redacted {
  let count = 0;
  let result = text;
  for (const { kind, pattern } of secretPatterns)
    result = result.replace(pattern, (...match: unknown[]) => {
      const whole = String(match[0]);
      const groups = match.at(-1) as Record<string, string | undefined> | undefined;
      const named = typeof groups === "object" ? (groups.secret ?? groups.quoted ?? groups.bare) : undefined;
      const secret = named ?? whole;
      if (isRedacted(secret) || (named !== undefined && isHarmless(named))) return whole;
      count++;
      const at = whole.lastIndexOf(secret);
      return `${whole.slice(0, at)}[redacted: ${kind}]${whole.slice(at + secret.length)}`;
    });
  return { text: result, count };
}

/** Whether nothing but what was redacted before is left: a cookie may hold a token, and another secret beside it. */
function isRedacted(secret: string): boolean {
  return secret.includes("[redacted") && !/\w/.test(secret.replace(/(?:[\w.-]+=)?\[redacted[^\]]*\]?/g, ""));
}

function isHarmless(value: string): boolean {
  return harmless.test(value.replace(/^["']|["']$/g, ""));
}
