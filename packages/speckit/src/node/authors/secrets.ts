import { stripVTControlCharacters } from "node:util";
import { redact } from "../../tokens/redact.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const secretName = /(?:key|token|secret|passw(?:or)?d|passphrase|pwd|credentials?|auth)(?:_|$)/i;
const passwordInUrl = /^[a-z][a-z\d+.-]*:\/\/[^\s:@/]*:([^\s@/]+)@/i;
const path = /^(?:~|[A-Za-z]:)?[\\/][\w.-]+[\\/]/;

/**
 * Takes what the environment keeps secret out of texts, wherever an author says it: in its answer, in an error, in what it shows. A value that
 * people write in documents too (`postgres`) is none.
 */
export function secretsOf(env: Environment): (text: string) => string {
  const values = Object.entries(env)
    .flatMap(([name, given = ""]) => {
      // A blank or an end of line around a value, as files of variables leave it, is sent by nobody.
      const value = given.trim();
      const inUrl = passwordInUrl.exec(value)?.[1];
      return [...(secretName.test(name) ? [value] : []), ...(inUrl === undefined ? [] : [inUrl])];
    })
    .filter(isSecret)
    // One value may be the beginning of another.
    .sort((a, b) => b.length - a.length);
  return (text) => values.reduce((all, value) => all.replaceAll(value, "[redacted]"), text);
}

function isSecret(value: string): boolean {
  if (path.test(value)) return false;
  return value.length >= 16 || (value.length >= 8 && /\d/.test(value) && /\D/.test(value));
}

/** One line for people and records: nothing secret, no control characters, not long. */
export function inOneLine(text: string, hide: (text: string) => string, most = 300): string {
  // Once as it stands, since a secret may have ends of lines, and once without what a program may have put between.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a program prints may have them
  const plain = stripVTControlCharacters(hide(text)).replace(/[\x00-\x1f\x7f]+/g, " ");
  const line = redact(hide(plain)).text.replace(/\s+/g, " ").trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
