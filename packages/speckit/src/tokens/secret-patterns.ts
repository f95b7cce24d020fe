import { secretPlaces } from "./secret-places.ts";

/** A kind of secret and how it looks. What stands in the group `secret`, `bare` or `quoted` is redacted, or the whole match. */
export interface SecretPattern {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Names of things that nobody else may know, in variables, JSON, YAML, headers and options. */
const secretName =
  "(?:[\\w.-]{0,60}(?:passw(?:or)?d|passwd|passphrase|secret|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|session[_-]?(?:id|token)|credentials?)(?![\\w-]{0,30}(?:ttl|expir|seconds|minutes|days|length|limit|count|url|path|file|name|type|policy|field|label))[\\w-]{0,30}|(?:[\\w.-]{0,60}[_-])?(?:token|pwd|pin)|[a-z]{1,30}Token)";

/**
 * Keys that their makers gave a form to be recognised by, then whatever stands where secrets stand. The order counts: a name is best said by the first.
 * The list follows what providers publish for secret scanning (https://docs.github.com/en/code-security/reference/secret-security/supported-secret-scanning-patterns).
 * No package on npm knows all of these and works without files: the best-kept one (secretlint) has neither tokens of headers nor plain assignments.
 */
export const secretPatterns: readonly SecretPattern[] = [
  {
    kind: "private key",
    // One that was cut has no end.
    pattern:
      /-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  },
  // Before the forms of tokens, so that one behind "Bearer" counts once.
  {
    kind: "authorization",
    pattern:
      /\b(?:proxy-)?authorization["']?\s*[:=]\s*["'`]?(?:(?:bearer|basic|digest|token|negotiate|apikey|aws4-hmac-sha256)\s+)?(?<secret>(?!\[redacted|(?:bearer|basic|digest|token|negotiate|apikey|aws4-hmac-sha256)\s)[^\s"'`\\]{4,}(?:,\s*[\w-]+="?[^\s"']+"?)*)/gi,
  },
  { kind: "bearer token", pattern: /\bbearer\s+(?<secret>[\w.~+/=-]{16,})/gi },
  { kind: "PuTTY key", pattern: /PuTTY-User-Key-File-\d[\s\S]*?(?:Private-MAC: \S+|$)/g },
  { kind: "age key", pattern: /AGE-SECRET-KEY-1[A-Z0-9]{50,}/g },
  { kind: "JWT", pattern: /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g },
  { kind: "AWS key", pattern: /\b(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA)[A-Z0-9]{16}\b/g },
  { kind: "GitHub token", pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/g },
  { kind: "GitLab token", pattern: /\bgl(?:pat|dt|rt|ptt|ft|soat|cbt|oas)-[\w-]{20,}/g },
  { kind: "Anthropic key", pattern: /\bsk-ant-[\w-]{20,}/g },
  { kind: "OpenAI key", pattern: /\bsk-(?:proj-|svcacct-|admin-|or-v1-)?[\w-]{20,}/g },
  { kind: "Google key", pattern: /\bAIza[\w-]{30,}|\bya29\.[\w-]{20,}|\bGOCSPX-[\w-]{20,}/g },
  { kind: "Slack token", pattern: /\bxox[a-z]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/g },
  {
    kind: "webhook",
    pattern:
      /https:\/\/(?:hooks\.slack\.com\/services|(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks|\w+\.webhook\.office\.com)\/[^\s"'`)]+/g,
  },
  { kind: "Stripe key", pattern: /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[\w+/=]{10,}/g },
  { kind: "npm token", pattern: /\bnpm_[A-Za-z0-9]{30,}/g },
  { kind: "PyPI token", pattern: /\bpypi-[\w-]{30,}/g },
  { kind: "SendGrid key", pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { kind: "Twilio key", pattern: /\b(?:SK|AC)[0-9a-f]{32}\b/g },
  { kind: "Mailgun key", pattern: /\bkey-[0-9a-f]{32}\b/g },
  { kind: "Mailchimp key", pattern: /\b[0-9a-f]{32}-us\d{1,2}\b/g },
  { kind: "Square token", pattern: /\bsq0[a-z]{3}-[\w-]{20,}|\bEAAA[\w-]{50,}/g },
  { kind: "Shopify token", pattern: /\bshp(?:at|ca|pa|ss|tka)_[0-9a-fA-F]{20,}/g },
  { kind: "DigitalOcean token", pattern: /\bdo[opr]_v1_[0-9a-f]{40,}/g },
  { kind: "Hugging Face token", pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { kind: "Databricks token", pattern: /\bdapi[0-9a-f]{32}\b/g },
  { kind: "Vault token", pattern: /\bhv[sbr]\.[\w-]{20,}/g },
  { kind: "Telegram token", pattern: /\b\d{8,10}:AA[\w-]{30,}/g },
  { kind: "Discord token", pattern: /\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}/g },
  {
    kind: "service token",
    pattern:
      /\b(?:lin_api_|ntn_|secret_|dckr_(?:pat|oat)_|figd_|PMAK-|dp\.(?:pt|st|ct|sa)\.|sntry[su]_|glc_|glsa_|rnd_|fly_|fo1_|vc[pi]_|tfp_|pul-|sbp_|NRAK-|HRKU-|AKCp|ATATT3|ATBB)[\w.=-]{16,}/g,
  },
  {
    kind: "Azure key",
    pattern: /(?:AccountKey|SharedAccessKey|sharedaccesssignature)=(?<secret>[^;\s"'&]+)/gi,
  },
  {
    kind: "password hash",
    pattern: /\$(?:2[abxy]?|argon2(?:id|i|d)|5|6|y|scrypt|pbkdf2[\w-]*)\$[^\s"'`;]{20,}/g,
  },
  // The password of a URL may hold anything but what ends it.
  { kind: "password", pattern: /\b[a-z][\w+.-]{0,30}:\/\/[^\s:/@"'`<>]*:(?<secret>[^\s/"'`<>]+)@/gi },
  { kind: "user of a URL", pattern: /\bhttps?:\/\/(?<secret>[\w-]{20,})@/gi },
  {
    kind: "cookie",
    pattern: /\b(?:set-)?cookie["']?\s*:\s*["'`]?(?<secret>(?!\[redacted)\w[^"'`\n\\]*=[^"'`\n\\]+)/gi,
  },
  {
    kind: "header",
    pattern:
      /\bx-(?:api-key|auth-token|csrf-token|amz-security-token|vault-token|access-token|functions-key|goog-api-key)["']?\s*[:=]\s*["'`]?(?<secret>(?!\[redacted)[^\s"'`\\]{4,})/gi,
  },
  {
    kind: "query",
    pattern:
      /[?&](?:access_token|id_token|refresh_token|token|api_?key|key|auth|password|passwd|pwd|secret|client_secret|sig|signature|code|x-(?:amz|goog)-(?:signature|credential|security-token))=(?<secret>(?!\[redacted)[^\s&#"'`<>)]{4,})/gi,
  },
  // curl -u ada:secret, mysql --password secret
  { kind: "password", pattern: /(?<!\S)(?:-u|--user|--proxy-user)[= ]["']?[^\s:"']+:(?<secret>[^\s"']+)/g },
  {
    kind: "password",
    pattern:
      /(?<!\S)--?(?:password|passwd|pass|passphrase|token|secret|api-?key|access-?key|auth-?token|client-?secret)[= ](?<secret>(?!-|\[redacted)["'][^"'\n]+["']|(?!-|\[redacted|["'$<])[^\s"']{3,})/gi,
  },
  {
    kind: "password",
    pattern: /\b(?:sshpass\s+-p\s*|mysql[^\n|;]*\s-p|PGPASSWORD=)["']?(?<secret>[^\s"'-][^\s"']*)/g,
  },
  // "pass" is a word like others, unless something in quotes or the name of a variable makes it one of these.
  {
    kind: "password",
    pattern: /(?<![\w-])["'`]?(?:\w{0,30}_)?(?:pass|pw)["'`]?\s*[:=]\s*["'`](?<secret>[^"'`\n\\]{3,})/gi,
  },
  { kind: "password", pattern: /\b[A-Z][A-Z0-9_]{0,60}_(?:PASS|PW)=(?<secret>[^\s"'`;$]{3,})/g },
  // As people say it: "the password is …". A word of letters alone says how the password is, unless it is quoted.
  {
    kind: "password",
    pattern:
      /\b(?:password|passwd|passphrase|passcode|secret|token|api[ -]key)\s{1,3}(?:is|was)\s{1,3}(?:["'`](?<secret>[^"'`\s]{3,100})["'`]|(?<bare>(?=[^\s\d]{0,60}\d)(?!\[redacted)[^\s"'`/()[\]]{5,100}[^\s"'`/()[\].,;:!?]))/gi,
  },
  // .netrc, and the words after "identified by" in SQL.
  { kind: "password", pattern: /\bmachine\s+\S+\s+login\s+\S+\s+password\s+(?<secret>\S+)/gi },
  {
    kind: "password",
    pattern: /\b(?:identified\s+by|with\s+(?:encrypted\s+)?password)\s+'(?<secret>[^'\n]+)'/gi,
  },
  {
    kind: "secret",
    pattern: new RegExp(
      `(?<![\\w-])["'\`]?${secretName}\\\\?["'\`]?\\s*(?:=>|:=|[:=])\\s*(?:["'\`](?<quoted>(?:\\\\.|[^"'\`\\n\\\\]){3,})|\\\\["'\`](?<secret>[^"'\`\\n\\\\]{3,})|(?<bare>(?!\\[redacted)[^\\s"'\`,;(){}<>[\\]$|\\\\]{4,}))`,
      "gi",
    ),
  },
  {
    kind: "secret",
    pattern: new RegExp(
      `(?<![\\w-])${secretName}\\s*:\\s*[|>][+-]?[ \\t]*\\n(?<secret>(?:[ \\t]+\\S.*(?:\\n|$))+)`,
      "gi",
    ),
  },
  ...secretPlaces(secretName),
  // The other half of an AWS key, which has no form but its length; a path of that length has more slashes, or dots around it.
  {
    kind: "AWS key",
    pattern:
      /(?<![\w/+=.-])(?!(?:[A-Za-z0-9+]{0,38}\/){3})(?=[^\d\s]{0,38}\d)(?=[^a-z\s]{0,38}[a-z])(?=[^A-Z\s]{0,38}[A-Z])[A-Za-z0-9/+]{40}(?![\w/+=.:-])/g,
  },
  // Letters and digits of all kinds that no person would write.
  {
    kind: "random text",
    pattern:
      /(?<![\w/+-])(?=[A-Za-z0-9+_]*[a-z])(?=[A-Za-z0-9+_]*[A-Z])(?=[A-Za-z0-9+_]*\d[A-Za-z+_]+\d)[A-Za-z0-9+_]{40,}={0,2}(?![\w/-])/g,
  },
];
