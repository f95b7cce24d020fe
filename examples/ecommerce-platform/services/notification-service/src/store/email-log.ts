import { type Kysely, type RawBuilder, sql, type Transaction } from "kysely";
import { type Mail, type MailContent, subjectOf, type Template } from "../domain/mail.ts";
import { mailKey } from "../domain/message-id.ts";
import { waitForLinesMs } from "../domain/sending-schedule.ts";
import type { MailStatus, NotificationTables } from "./migrations.ts";

type Db = Kysely<NotificationTables>;
type Trx = Transaction<NotificationTables>;

/** An entry of the log as the contract shows it; the text of a mail is not in it. */
export interface LogEntry {
  readonly notificationId: string;
  readonly userId: string;
  readonly orderId: string | null;
  readonly template: Template;
  readonly recipient: string;
  readonly subject: string;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** Transactions in which a mail was queued: once they are committed there is something to send. */
const withMail = new WeakSet<object>();
export const queuedMail = (trx: object): boolean => withMail.has(trx);

/**
 * Queues a mail. There is one for each order and template, user or reset: a second one changes nothing. A confirmation whose lines are not
 * known waits for them, for `waitForLinesMs` at most.
 */
export function queueMail(trx: Trx, mail: Mail, giveUpAt: Date): Promise<void> {
  return queueMails(trx, [mail], () => giveUpAt);
}

/** Queues mails as `queueMail` does, in one statement. */
export async function queueMails(
  trx: Trx,
  mails: readonly Mail[],
  giveUpAt: (content: MailContent) => Date,
): Promise<void> {
  const contents = mails.map(({ content }) => content);
  const wait = sql`make_interval(secs => ${waitForLinesMs / 1000}::float8)`;
  await sql`
    INSERT INTO email_log (mail_key, user_id, order_id, template, recipient, subject, content, give_up_at, due_at)
    SELECT mail.*, CASE WHEN mail.template = 'order-confirmed'
                         AND NOT EXISTS (SELECT FROM order_summaries WHERE order_id = mail.order_id)
                        THEN now() + ${wait} ELSE now() END
    FROM unnest(${mails.map(mailKey)}::text[], ${mails.map(({ userId }) => userId)}::uuid[],
                ${contents.map((content) => ("orderId" in content ? content.orderId : null))}::uuid[],
                ${contents.map(({ template }) => template)}::text[],
                ${mails.map(({ recipient }) => recipient)}::text[], ${contents.map(subjectOf)}::text[],
                ${contents.map((content) => JSON.stringify(content))}::json[], ${contents.map(giveUpAt)}::timestamptz[])
         AS mail (mail_key, user_id, order_id, template, recipient, subject, content, give_up_at)
    ON CONFLICT (mail_key) DO NOTHING`.execute(trx);
  withMail.add(trx);
}

/** Where a page begins: after this entry, which itself was on the page before. */
export type LogPlace = Pick<LogEntry, "createdAt" | "notificationId">;

export interface LogQuery {
  /** Only this user's; undefined for everybody's. */
  readonly userId: string | undefined;
  readonly orderId: string | undefined;
  readonly template: Template | undefined;
  readonly after: LogPlace | undefined;
  readonly limit: number;
}

/** The entries that match, newest first. */
export function listEntries(
  db: Db,
  { userId, orderId, template, after, limit }: LogQuery,
): Promise<LogEntry[]> {
  const conditions = [
    sql`true`,
    ...(userId === undefined ? [] : [sql`user_id = ${userId}`]),
    ...(orderId === undefined ? [] : [sql`order_id = ${orderId}`]),
    ...(template === undefined ? [] : [sql`template = ${template}`]),
    ...(after
      ? [
          sql`(created_at, notification_id) < (${after.createdAt}::timestamptz, ${after.notificationId}::uuid)`,
        ]
      : []),
  ];
  return read(
    db,
    sql`WHERE ${sql.join(conditions, sql` AND `)} ORDER BY created_at DESC, notification_id DESC LIMIT ${limit}`,
  );
}

export async function findEntry(db: Db, notificationId: string): Promise<LogEntry | undefined> {
  const [entry] = await read(db, sql`WHERE notification_id = ${notificationId}`);
  return entry;
}

async function read(db: Db, which: RawBuilder<unknown>): Promise<LogEntry[]> {
  const { rows } = await sql<LogEntry>`
    SELECT notification_id AS "notificationId", user_id AS "userId", order_id AS "orderId", template, recipient, subject, status, attempts,
           created_at AS "createdAt", sent_at AS "sentAt"
    FROM email_log ${which}`.execute(db);
  return rows;
}
