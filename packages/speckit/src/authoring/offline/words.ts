const acronyms = new Set(
  "api aws crm csv db erp gdpr grpc hr html http id iot ip json jwt kyc mfa oauth oidc otp pdf pin qr rest saml sku sla smtp sms sql sso tls ui url uuid vat xml".split(
    " ",
  ),
);

/** Words that a title writes small, unless it begins with one. */
const small = /^(?:an?|the|of|and|or|to|in|on|at|by|for|from|with)$/i;

/** `jwt-authentication`: JWT Authentication. */
export function titleCase(text: string): string {
  const words = text.split(/[^\p{L}\p{M}\p{N}'’]+/u).filter((word) => word !== "");
  return words
    .map((word, index) => {
      if (acronyms.has(word.toLowerCase())) return word.toUpperCase();
      return index > 0 && small.test(word) ? word.toLowerCase() : upperFirst(word);
    })
    .join(" ");
}

/** Words that a folder's name needs no more than a reader does. */
const idle = /^(?:an?|the|of|for|with|and|or|to|in|on|based|new|simple|service|microservice|our|my|its?)$/;

/** The first words of a subject as a folder: `jwt-authentication`. */
export function slugOf(subject: string): string {
  const words = subject
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !idle.test(word));
  return words.slice(0, 4).join("-").slice(0, 50) || "feature";
}

export function upperFirst(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Not of "JWT token". */
export function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? `${text.slice(0, 1).toLowerCase()}${text.slice(1)}` : text;
}

/** `user-service` without what every service is: `user`. */
export function domainOf(service: string): string {
  return service.replace(/[-_](?:service|svc|api|app|server)$/, "") || service;
}

/** "a user", "an order". */
export function article(noun: string): string {
  return `${/^[aeiou](?!ser|ni)/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** For names of files and operations; letters lose their marks, and other scripts stay. Of what no file can be called the first words. */
export function kebab(text: string): string {
  const name = text
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-")
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
  return bytesOf(name) <= MOST_BYTES ? name : shortened(name);
}

/** File systems take 255; a name has endings, and beside it stand temporary files. */
const MOST_BYTES = 150;
const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** The end of a name that is too long is told by a number, so that two of them differ. */
function shortened(name: string): string {
  let number = 5381;
  for (const letter of name) number = (number * 33 + (letter.codePointAt(0) ?? 0)) % 0x7fffffff;
  let head = "";
  for (const letter of name) {
    if (bytesOf(head + letter) > MOST_BYTES - 8) break;
    head += letter;
  }
  return `${head.replace(/-[^-]*$/, "").replace(/-+$/, "")}-${number.toString(36)}`;
}

export function pascal(text: string): string {
  return titleCase(kebab(text))
    .split(" ")
    .map((word) => upperFirst(word.toLowerCase()))
    .join("");
}
