import { type Environment, EnvironmentError, required } from "@speckit/service-kit";
import addressparser from "nodemailer/lib/addressparser";

/** Who all mails come from. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  /** Of the address; Message-IDs end with it. */
  readonly domain: string;
}

/** Reads `MAIL_FROM`, such as `The shop <shop@example.com>`. Throws `EnvironmentError` unless it is one address. */
export function readSender(environment: Environment): Sender {
  const text = required(environment, "MAIL_FROM");
  const [mailbox, ...others] = addressparser(text);
  const { name = "", address = "" } = mailbox ?? {};
  const domain = /^[^\s@]+@([^\s@]+)$/.exec(address)?.[1];
  if (!domain || others.length > 0 || /\p{Cc}/u.test(text)) {
    throw new EnvironmentError('MAIL_FROM is no single address. Write it as "The shop <shop@example.com>".');
  }
  return { name, address, domain };
}
