import nodemailer, { type NodemailerError } from "nodemailer";
import type { Sender } from "./read-sender.ts";

export interface OutgoingMail {
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

export type SendOutcome =
  | { readonly kind: "accepted" }
  /** The server was asked and said no, `forGood` or for now. */
  | { readonly kind: "refused"; readonly forGood: boolean; readonly reason: string }
  /** There was no answer in time; whether the server took the mail is not known. */
  | { readonly kind: "too-slow"; readonly reason: string }
  /** No mail can be handed over now, this one or another. */
  | { readonly kind: "unreachable"; readonly reason: string };

export interface MailServer {
  /** One try, which ends after `tryMs`. Never throws. */
  send(mail: OutgoingMail): Promise<SendOutcome>;
  /** Throws unless the server answers. */
  check(): Promise<void>;
  /** Ends tries that are under way as failed. */
  close(): void;
}

export interface MailServerOptions {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  readonly url: string;
  readonly from: Sender;
  /** Mails under way at once, each over a connection of its own; more wait. */
  readonly connections: number;
  /** How long one try may take. */
  readonly tryMs?: number;
}

/** Hands mails to a server by SMTP, over connections that stay open. */
export function openMailServer({ url, from, connections, tryMs = 10_000 }: MailServerOptions): MailServer {
  const transport = nodemailer.createTransport(
    {
      pool: true,
      url,
      maxConnections: connections,
      maxMessages: Number.POSITIVE_INFINITY,
      maxRequeues: 0, // what becomes of a failed try is decided in the queue
      // Shorter than a try, so that a server that is away is told from one that is slow.
      connectionTimeout: tryMs / 2,
      greetingTimeout: tryMs / 2,
      socketTimeout: tryMs,
      socketCloseTimeout: 1_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { headers: { "Auto-Submitted": "auto-generated" } },
  );

  return {
    async send(mail) {
      const { recipient, subject, text, html, messageId } = mail;
      const wrong = wrongHeader(mail);
      if (wrong) return { kind: "refused", forGood: true, reason: wrong };
      const signal = AbortSignal.timeout(tryMs);
      try {
        await transport.sendMail({
          from: { name: from.name, address: from.address },
          to: { name: "", address: recipient },
          envelope: { from: from.address, to: [recipient] },
          subject,
          text,
          html,
          messageId,
          signal,
        });
        return { kind: "accepted" };
      } catch (error) {
        return outcomeOf(error as NodemailerError, signal.aborted);
      }
    },
    async check() {
      await transport.verify();
    },
    close: () => transport.close({ force: true }),
  };
}

/** One mailbox and nothing else: no list, no name, no route, no line break (RFC 5321, 4.1.2). */
const oneMailbox = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;

/** Values have been made harmless where the mail was written; should that ever fail, the mail stays here rather than go somewhere else. */
function wrongHeader({ recipient, subject, messageId }: OutgoingMail): string | undefined {
  if (!oneMailbox.test(recipient)) return "the recipient is no single address";
  if (/\p{Cc}/u.test(subject + messageId)) return "a header has a line break in it";
  return undefined;
}

/** The server's own words are left out: they may repeat the address. */
function outcomeOf(error: NodemailerError, late: boolean): SendOutcome {
  const { code = "", command = "", responseCode, permanent, timeoutType } = error;
  const reason = [code, command, responseCode].filter(Boolean).join(" ");
  if (late || timeoutType === "SOCKET_TIMEOUT") return { kind: "too-slow", reason };
  const aboutThisMail = code === "EENVELOPE" || code === "EMESSAGE";
  if (!aboutThisMail) return { kind: "unreachable", reason };
  return { kind: "refused", forGood: permanent === true && !wantsPassword(responseCode), reason };
}

/** A server that asks for other credentials (RFC 4954) says nothing about the mail; whoever runs the service has to mend that. */
function wantsPassword(responseCode: number | undefined): boolean {
  return responseCode === 530 || responseCode === 534 || responseCode === 535 || responseCode === 538;
}
