import type { Metrics } from "@speckit/service-kit";
import type { Kysely } from "kysely";
import type { Template } from "./domain/mail.ts";
import { countQueued, type Outcome } from "./store/mail-queue.ts";
import type { NotificationTables } from "./store/migrations.ts";

/** Measures what waits in the queue, and counts what comes of tries. */
export function countMails(db: Kysely<NotificationTables>, metrics: Metrics) {
  const waiting = metrics.gauge({
    name: "mail_queue_depth",
    help: "Mails that wait to be sent; NaN when the database does not answer.",
    async collect() {
      waiting.set(await countQueued(db).catch(() => Number.NaN));
    },
  });
  const tries = metrics.counter({
    name: "mail_tries_total",
    help: "Tries to send a mail, by what came of them: sent, again, given-up.",
    labelNames: ["template", "outcome"],
  });
  return (template: Template, outcome: Outcome["kind"]) => tries.inc({ template, outcome });
}
