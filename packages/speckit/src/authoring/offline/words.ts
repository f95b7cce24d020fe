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

/** For names of files and operations; letters lose their marks, and other scripts stay. */
export function kebab(text: string): string {
  return text
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-")
    .normalize("NFKD")
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
}

export function pascal(text: string): string {
  return titleCase(kebab(text))
    .split(" ")
    .map((word) => upperFirst(word.toLowerCase()))
    .join("");
}
