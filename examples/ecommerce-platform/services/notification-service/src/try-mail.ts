import { faultPoint, type Logger } from "@speckit/service-kit";
import { writeMail } from "./domain/mail-text.ts";
import { messageId } from "./domain/message-id.ts";
import { afterFailure } from "./domain/sending-schedule.ts";
import type { MailServer, SendOutcome } from "./send-mail.ts";
import type { DueMail, Outcome } from "./store/mail-queue.ts";

export interface TryOptions {
  readonly mailServer: MailServer;
  /** What Message-IDs end with. */
  readonly domain: string;
  readonly log: Logger;
}

export interface Tried {
  readonly outcome: Outcome;
  /** There was no server to hand a mail to. */
  readonly away: boolean;
}

/** Writes a mail, hands it to the server, and says what becomes of it. Never throws. */
export async function tryMail(mail: DueMail, options: TryOptions): Promise<Tried> {
  const { notificationId, content, attempts, leftMs } = mail;
  faultPoint("notification-service/mail.before-send");
  const sent = await handOver(mail, options);
  if (sent.kind === "accepted") {
    faultPoint("notification-service/mail.after-send");
    return { outcome: { notificationId, kind: "sent" }, away: false };
  }

  const forGood = sent.kind === "refused" && sent.forGood;
  const outcome: Outcome = { notificationId, ...afterFailure({ attempts, forGood, leftMs }) };
  const { kind: why, reason } = sent;
  options.log.warn({ ...outcome, template: content.template, attempts, why, reason }, "a mail was not sent");
  return { outcome, away: why === "unreachable" };
}

async function handOver(mail: DueMail, { mailServer, domain, log }: TryOptions): Promise<SendOutcome> {
  const { notificationId, mailKey, recipient, content, summary } = mail;
  try {
    const written = writeMail(content, summary ?? undefined);
    return await mailServer.send({ ...written, recipient, messageId: messageId(mailKey, domain) });
  } catch (error) {
    // A mail that we fail to write must not keep others from being sent; it is tried again, by a mended version at best.
    log.error({ err: error, notificationId, template: content.template }, "a mail could not be written");
    return { kind: "refused", forGood: false, reason: "not written" };
  }
}
