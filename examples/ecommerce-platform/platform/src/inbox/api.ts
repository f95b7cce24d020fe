import type { Mailbox, ReceivedMail } from "./mailbox.ts";
import { readMail } from "./read-mail.ts";
import { summaryOf } from "./summary.ts";

const defaultLimit = 50;

/** `GET /api/v1/messages` as Mailpit answers it: newest first, `start` and `limit` page. Source: https://mailpit.axllent.org/docs/api-v1/ */
export async function listMessages(mailbox: Mailbox, query: URLSearchParams): Promise<object> {
  const all = mailbox.list();
  const start = numberFrom(query.get("start"), 0, all.length);
  const page = all.slice(start, start + numberFrom(query.get("limit"), defaultLimit, all.length));
  const messages: object[] = [];
  for (const mail of page) messages.push(await messageOf(mail)); // one after the other: thousands at once take hundreds of MB
  return { total: all.length, count: page.length, start, messages };
}

async function messageOf(mail: ReceivedMail): Promise<object> {
  const { from, to, cc, replyTo, subject, attachments, snippet } = await summaryOf(mail);
  return {
    ID: mail.id,
    MessageID: mail.messageId,
    From: from,
    To: to,
    Cc: cc,
    Bcc: hiddenRecipients(mail, to, cc),
    ReplyTo: replyTo,
    Subject: subject,
    Created: mail.receivedAt.toISOString(),
    Size: mail.raw.length,
    Attachments: attachments,
    Snippet: snippet,
    Deliveries: mail.deliveries,
  };
}

/** `GET /api/v1/message/{ID}`; "latest" is the newest mail. */
export async function showMessage(mailbox: Mailbox, id: string): Promise<object | undefined> {
  const mail = id === "latest" ? mailbox.list()[0] : mailbox.find(id);
  if (!mail) return undefined;
  const { date, text, html, ...read } = await readMail(mail);
  return {
    ID: mail.id,
    MessageID: mail.messageId,
    From: read.from,
    To: read.to,
    Cc: read.cc,
    Bcc: hiddenRecipients(mail, read.to, read.cc),
    ReplyTo: read.replyTo,
    ReturnPath: mail.sender,
    Subject: read.subject,
    Date: date.toISOString(),
    Text: text,
    HTML: html,
    Size: mail.raw.length,
    Deliveries: mail.deliveries,
  };
}

/** Who got the mail without being named in it. */
function hiddenRecipients(
  mail: ReceivedMail,
  ...named: readonly (readonly { Address: string }[])[]
): object[] {
  const known = new Set(named.flat().map(({ Address }) => Address.toLowerCase()));
  return mail.recipients
    .filter((one) => !known.has(one.toLowerCase()))
    .map((Address) => ({ Name: "", Address }));
}

export function numberFrom(text: string | null, otherwise: number, most: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : otherwise;
}
