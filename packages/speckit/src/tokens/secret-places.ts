import type { SecretPattern } from "./secret-patterns.ts";

/** A word for it where people write no English. No boundary stands before letters that are not Latin. */
const foreignWord =
  "(?:\\b(?:passwort|kennwort|contrase(?:ñ|n)a|clave secreta|mot de passe|senha|wachtwoord|parola|has[lł]o)|парол[ья]|密码|密碼|口令|パスワード|비밀번호)";

/** A value in which no word of a sentence is taken for a secret: it has a digit. */
const withDigit = "(?=[^\\s\\d]{0,60}\\d)(?!\\[redacted)";

/**
 * Where secrets stand beside their names: in elements and attributes of XML, in lists of `name` and `value` as Kubernetes and Compose have them, in
 * lines of `.env` files whose names say less than `PASSWORD`, after words of other languages. `name` is a pattern of names.
 */
export function secretPlaces(name: string): SecretPattern[] {
  const inQuotes = "[\"'`]";
  const places: readonly (readonly [string, string])[] = [
    ["secret", `<(?:\\w{1,30}:)?${name}(?:\\s[^<>]{0,200})?>(?<secret>[^<>\\n]{3,})<`],
    [
      "secret",
      `\\b(?:name|key|id)\\\\?["']?\\s*[:=]\\s*\\\\?${inQuotes}?${name}\\\\?${inQuotes}?\\s*,?\\s*\\\\?["']?value\\\\?["']?\\s*[:=]\\s*\\\\?${inQuotes}?(?<secret>(?!\\[redacted)[^\\s"'\`<>,;{}\\\\]{3,})`,
    ],
    [
      "secret",
      `\\b[A-Z][A-Z0-9_]{0,60}_(?:KEY|AUTH|SALT|CREDS|PEPPER)=${inQuotes}?(?<secret>${withDigit}[^\\s"'\`;$]{6,})`,
    ],
    [
      "password",
      `\\b(?:pass|pw)=(?<secret>(?=[^\\s\\d]{0,60}\\d)(?=[^\\sa-zA-Z]{0,60}[a-zA-Z])[^\\s"'\`&;,()]{6,})`,
    ],
    // docker login -u ada -p secret
    ["password", `\\blogin\\s[^\\n|;]{0,200}\\s-p[ =]?["']?(?<secret>(?!\\[redacted)[^\\s"'-][^\\s"']{3,})`],
    [
      "password",
      `${foreignWord}["'\`]?\\s{0,3}[:=：]\\s{0,3}["'\`]?(?<secret>(?!\\[redacted)[^\\s"'\`,;]{4,})`,
    ],
    [
      "password",
      `${foreignWord}\\s{0,3}(?:ist|lautet|es|est|é|is|это|是|为|は)\\s{0,3}["'\`]?(?<bare>${withDigit}[^\\s"'\`/()]{5,100}[^\\s"'\`/()\\].,;:!?])`,
    ],
    [
      "seed phrase",
      `\\b(?:mnemonic|(?:seed|recovery)[ _-]?phrase)["'\`]?\\s*(?:[:=]|is)\\s*["'\`]?(?<secret>(?:[a-z]{3,8}\\s){11,23}[a-z]{3,8})`,
    ],
  ];
  return places.map(([kind, pattern]) => ({ kind, pattern: new RegExp(pattern, "gi") }));
}
