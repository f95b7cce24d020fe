import type { Mail } from "./mail.ts";

/** Names a mail by what it is about: there is one for each order and template, for each user, and for each reset. */
export function mailKey({ userId, content }: Mail): string {
  switch (content.template) {
    case "welcome":
      return `welcome.${userId}`;
    case "password-reset":
      return `password-reset.${content.resetId}`;
    default:
      return `${content.template}.${content.orderId}`;
  }
}

/** The same at each try, so that a mail server that took the mail before can tell (RFC 5322, 3.6.4). */
export function messageId(key: string, domain: string): string {
  return `<${key}@${domain}>`;
}
