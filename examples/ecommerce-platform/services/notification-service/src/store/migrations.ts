import type { Migration } from "@speckit/service-kit";
import type { MailContent, Template } from "../domain/mail.ts";
import type { OrderSummary } from "../domain/mail-text.ts";

/** `failed` mails are not tried again. */
export type MailStatus = "queued" | "sent" | "failed";

/** The tables of notification_db; the inbox of service-kit stands beside them. */
export interface NotificationTables {
  email_log: {
    notification_id: string;
    /** What the mail is about; there is one mail for each. */
    mail_key: string;
    user_id: string;
    order_id: string | null;
    template: Template;
    recipient: string;
    subject: string;
    /** What the mail says; null once it is sent or given up. */
    content: MailContent | null;
    status: MailStatus;
    attempts: number;
    /** When the mail is tried next; while a sender works on it, when others may take it over. */
    due_at: Date;
    give_up_at: Date;
    created_at: Date;
    sent_at: Date | null;
  };
  order_summaries: {
    order_id: string;
    lines: OrderSummary["lines"];
    total_amount: number;
    currency: string;
    order_date: Date;
  };
}

export const migrations: readonly Migration[] = [
  {
    id: "001-email-log",
    // `json` rather than `jsonb`: it keeps every string that JSON can say, U+0000 among them. Times are cut to milliseconds, which is what
    // cursors can say.
    sql: `CREATE TABLE email_log (
            notification_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
            mail_key text NOT NULL UNIQUE,
            user_id uuid NOT NULL,
            order_id uuid,
            template text NOT NULL,
            recipient text NOT NULL,
            subject text NOT NULL,
            content json,
            status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'sent', 'failed')),
            attempts integer NOT NULL DEFAULT 0,
            due_at timestamptz NOT NULL,
            give_up_at timestamptz NOT NULL,
            created_at timestamptz(3) NOT NULL DEFAULT now(),
            sent_at timestamptz(3),
            CHECK ((content IS NULL) = (status <> 'queued')),
            CHECK ((sent_at IS NULL) = (status <> 'sent'))
          );
          CREATE INDEX email_log_due ON email_log (due_at) WHERE status = 'queued';
          CREATE INDEX email_log_of_user ON email_log (user_id, created_at DESC, notification_id DESC);
          CREATE INDEX email_log_by_age ON email_log (created_at DESC, notification_id DESC);
          CREATE INDEX email_log_of_order ON email_log (order_id) WHERE order_id IS NOT NULL`,
  },
  {
    id: "002-order-summaries",
    sql: `CREATE TABLE order_summaries (
            order_id uuid PRIMARY KEY,
            lines json NOT NULL,
            total_amount bigint NOT NULL,
            currency text NOT NULL,
            order_date timestamptz NOT NULL
          )`,
  },
];
