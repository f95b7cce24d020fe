import { randomUUID } from "node:crypto";
import type { MailFile } from "./mail-file.ts";

/** A mail as the SMTP server took it, unread. */
export interface ReceivedMail {
  readonly id: string;
  /** The `Message-ID` header without angle brackets; "" when the mail has none. */
  readonly messageId: string;
  /** The envelope: who it came from and whom it was for, whatever the headers say. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly receivedAt: Date;
  /** How often it was delivered; above 1 when the sender tried again after an answer that it did not see. */
  readonly deliveries: number;
  readonly raw: Buffer;
}

export type Delivery = Pick<ReceivedMail, "sender" | "recipients" | "raw">;

export interface Mailbox {
  /** Resolves when the mail is kept; a mail whose Message-ID is known is counted, not kept again. */
  add(delivery: Delivery): Promise<ReceivedMail>;
  /** Newest first. `to` keeps mails with a recipient that contains it. */
  list(filter?: { to?: string }): ReceivedMail[];
  find(id: string): ReceivedMail | undefined;
  clear(): Promise<void>;
  /** Grows with every change, so that a reader can tell whether anything is new. */
  revision(): number;
}

export interface MailboxLimits {
  readonly maxMails: number;
  /** Of all mails together. */
  readonly maxBytes: number;
}

/** Keeps the newest mails in memory and, with a file, across restarts. */
export async function openMailbox(limits: MailboxLimits, file?: MailFile): Promise<Mailbox> {
  const mails = new Map<string, ReceivedMail>();
  const ids = new Map<string, string>();
  let bytes = 0;
  let revision = 0;

  const keep = (mail: ReceivedMail) => {
    mails.set(mail.id, mail);
    if (mail.messageId) ids.set(mail.messageId, mail.id);
    bytes += mail.raw.length;
    for (const oldest of mails.values()) {
      if (mails.size <= limits.maxMails && bytes <= limits.maxBytes) break;
      mails.delete(oldest.id);
      if (ids.get(oldest.messageId) === oldest.id) ids.delete(oldest.messageId);
      bytes -= oldest.raw.length;
    }
    revision += 1;
    return mail;
  };

  const countAgain = (mail: ReceivedMail) => {
    const again = { ...mail, deliveries: mail.deliveries + 1 };
    mails.set(mail.id, again); // a known key keeps its place in a Map
    revision += 1;
    return again;
  };

  let lines = 0;
  for await (const entry of file?.read() ?? []) {
    lines += 1;
    const known = entry.kind === "again" ? mails.get(entry.id) : undefined;
    if (entry.kind === "mail") keep(entry.mail);
    else if (known) countAgain(known);
  }
  if (lines > mails.size) await file?.rewrite(() => mails.values());

  return {
    async add(delivery) {
      const messageId = messageIdOf(delivery.raw);
      const before = mails.get(ids.get(messageId) ?? "");
      if (before) {
        const again = countAgain(before);
        await file?.append({ kind: "again", id: again.id });
        return again;
      }

      const mail = keep({ ...delivery, id: randomUUID(), messageId, receivedAt: new Date(), deliveries: 1 });
      await file?.append({ kind: "mail", mail });
      if (file && file.bytes() > 2 * limits.maxBytes) await file.rewrite(() => mails.values());
      return mail;
    },

    list({ to = "" } = {}) {
      const wanted = to.toLowerCase();
      const all = [...mails.values()].reverse();
      if (wanted === "") return all;
      return all.filter(({ recipients }) => recipients.some((one) => one.toLowerCase().includes(wanted)));
    },

    find: (id) => mails.get(id),

    async clear() {
      mails.clear();
      ids.clear();
      bytes = 0;
      revision += 1;
      await file?.rewrite(() => mails.values());
    },

    revision: () => revision,
  };
}

/** The header block of a mail is looked through this far; what stands later is no header of ours. */
const headBytes = 64 * 1024;

function messageIdOf(raw: Buffer): string {
  const start = raw.subarray(0, headBytes).toString("latin1");
  const end = start.search(/\r?\n\r?\n/);
  const head = (end < 0 ? start : start.slice(0, end)).replace(/\r?\n[ \t]+/g, " ");
  return /^message-id:[ \t]*<?([^\r\n>]{1,500})/im.exec(head)?.[1]?.trim() ?? "";
}
