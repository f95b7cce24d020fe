import { type Kysely, sql } from "kysely";
import type { MailContent } from "../domain/mail.ts";
import type { OrderSummary } from "../domain/mail-text.ts";
import type { NotificationTables } from "./migrations.ts";

type Db = Kysely<NotificationTables>;

/** A mail that a sender has taken. */
export interface DueMail {
  readonly notificationId: string;
  readonly mailKey: string;
  readonly recipient: string;
  readonly content: MailContent;
  /** The lines of the order of a confirmation, where they are known. */
  readonly summary: OrderSummary | null;
  /** Tries, with the one that begins. */
  readonly attempts: number;
  /** Until it is given up. */
  readonly leftMs: number;
}

/** What came of a try. */
export type Outcome = { readonly notificationId: string } & (
  | { readonly kind: "sent" }
  | { readonly kind: "given-up" }
  | { readonly kind: "again"; readonly pauseMs: number }
);

// How long a sender is believed to be at work on a mail without saying so again. It says so each second, hence what a killed process had
// taken is sent by another soon, and one that is only slow keeps it. All times are the database's: instances need not agree on theirs.
const heldFor = sql`now() + interval '5 seconds'`;

/**
 * Takes up to `limit` due mails, those first that are due longest. Two senders never take the same, nor one of them what it is at work on
 * (`underWay`), though it could not say so in time: a machine that slept looks like one that died.
 */
export async function takeDue(db: Db, limit: number, underWay: readonly string[] = []): Promise<DueMail[]> {
  const { rows } = await sql<DueMail>`
    WITH due AS (
      SELECT notification_id FROM email_log
      WHERE status = 'queued' AND due_at <= now() AND give_up_at > now()
        AND notification_id <> ALL(${underWay}::uuid[])
      ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE email_log AS mail SET attempts = attempts + 1, due_at = ${heldFor}
    FROM due WHERE mail.notification_id = due.notification_id
    RETURNING mail.notification_id AS "notificationId", mail_key AS "mailKey", recipient, content, attempts,
      (extract(epoch FROM give_up_at - now()) * 1000)::float8 AS "leftMs",
      (SELECT json_build_object('lines', lines, 'totalAmount', total_amount, 'currency', currency) FROM order_summaries
       WHERE order_id = mail.order_id AND mail.template = 'order-confirmed') AS summary`.execute(db);
  return rows;
}

/**
 * Confirmations whose lines have come by now need not wait any longer. This is looked for here rather than told by the consumer of the
 * lines: two events that are handled at the same moment do not see each other's rows.
 */
export async function stopWaiting(db: Db): Promise<void> {
  await sql`UPDATE email_log SET due_at = now()
            WHERE status = 'queued' AND due_at > now() AND attempts = 0 AND template = 'order-confirmed'
              AND EXISTS (SELECT FROM order_summaries WHERE order_id = email_log.order_id)`.execute(db);
}

/** Says that these mails are still worked on. */
export async function keepHold(db: Db, notificationIds: readonly string[]): Promise<void> {
  if (notificationIds.length === 0) return;
  await sql`UPDATE email_log SET due_at = ${heldFor}
            WHERE notification_id = ANY(${notificationIds}::uuid[]) AND status = 'queued'`.execute(db);
}

/** Notes what came of tries, all at once. The text of a mail that is done with is erased. */
export async function noteOutcomes(db: Db, outcomes: readonly Outcome[]): Promise<void> {
  const ids = outcomes.map(({ notificationId }) => notificationId);
  const states = outcomes.map(({ kind }) => statuses[kind]);
  const pauses = outcomes.map((outcome) => (outcome.kind === "again" ? outcome.pauseMs / 1000 : 0));
  await sql`
    UPDATE email_log AS mail SET
      status = outcome.status,
      sent_at = CASE outcome.status WHEN 'sent' THEN now() END,
      content = CASE outcome.status WHEN 'queued' THEN content END,
      due_at = now() + make_interval(secs => outcome.pause)
    FROM unnest(${ids}::uuid[], ${states}::text[], ${pauses}::float8[]) AS outcome(notification_id, status, pause)
    WHERE mail.notification_id = outcome.notification_id AND mail.status = 'queued'`.execute(db);
}

const statuses = { sent: "sent", "given-up": "failed", again: "queued" } as const;

/** Gives up what is past its time though nobody tried it, and tells how many: while no server answers, mails are not tried. */
export async function giveUpLate(db: Db): Promise<number> {
  const { numAffectedRows } = await sql`
    UPDATE email_log SET status = 'failed', content = NULL
    WHERE notification_id IN (
      SELECT notification_id FROM email_log WHERE status = 'queued' AND give_up_at <= now() FOR UPDATE SKIP LOCKED)`.execute(
    db,
  );
  return Number(numAffectedRows ?? 0);
}

/** How many mails wait. */
export async function countQueued(db: Db): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) FROM email_log WHERE status = 'queued'`.execute(db);
  return rows[0]?.count ?? 0;
}
