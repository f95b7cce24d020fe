/** Longer than any name; what is longer is cut. */
const longest = 100;

/**
 * A value that somebody else chose, as it may stand in a mail: one line of at most `maxChars` characters that reads in the order it is
 * written, and in which no mail program finds an address to link to or a text to decode. Any string is taken; the result may be empty.
 */
export function inert(value: string, maxChars = longest): string {
  const shown = value
    .slice(0, 8 * maxChars) // whatever comes later is cut anyway, so that a huge value costs nothing
    .replace(/\p{Surrogate}/gu, "\uFFFD")
    .replace(misleading, "")
    .replace(breaks, " ")
    .replace(active, "$& ")
    .replace(/ {2,}/g, " ")
    .trim();
  return clipped(shown, maxChars);
}

/** Invisible characters, among them those that turn the direction of what follows; joiners stay, names need them. */
const misleading = /(?![\u200C\u200D])\p{Cf}/gu;

/** Line breaks, tabs, NUL and the like, in any script. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]+/gu;

/**
 * What makes `https://evil.example`, `evil.example`, `mailto:eve` and `eve@evil.example` addresses, and `=?utf-8?B?…?=` a hidden text that
 * readers of a header decode (RFC 2047); a space behind it leaves them words. Dots before digits stay: no address ends in `1.5`. The
 * ideographic full stops separate labels of a host name too.
 */
const active = /[:@](?=\S)|[.\u3002\uFF0E\uFF61](?=\p{L})|=(?=\?)/gu;

function clipped(text: string, maxChars: number): string {
  const characters = Array.from(text);
  return characters.length > maxChars ? `${characters.slice(0, maxChars - 1).join("")}…` : text;
}

/** A secret that has to be copied as it is. One of other characters than tokens have would not work anyway, and is made harmless. */
export function inertToken(token: string): string {
  return /^[\w-]{1,512}$/.test(token) ? token : inert(token, 512);
}
