import { setTimeout as pause } from "node:timers/promises";
import { type Database, declareFaultPoints, faultPoint, type Metrics } from "@speckit/service-kit";
import { createAlarm } from "./alarm.ts";
import { countMails } from "./count-mails.ts";
import { createMailsUnderWay } from "./mails-under-way.ts";
import { queuedMail } from "./store/email-log.ts";
import { giveUpLate, keepHold, noteOutcomes, stopWaiting, takeDue } from "./store/mail-queue.ts";
import type { NotificationTables } from "./store/migrations.ts";
import { type TryOptions, tryMail } from "./try-mail.ts";

export interface SenderOptions extends TryOptions {
  readonly database: Pick<Database<NotificationTables>, "db" | "onCommit">;
  /** Mails under way at once. */
  readonly atOnce: number;
  readonly metrics: Metrics;
}

/** For mails that wait for their time, and those of an instance that died; a mail queued here is noticed at once. */
const lookEveryMs = 250;
/** Mails that come within this time are taken, and noted, together. */
const gatherMs = 10;
/** While no server answers, one mail is tried at a time, with this pause: thousands of tries would only take time from orders. */
const awayPauseMs = 1_000;
const keepHoldEveryMs = 1_000;
const stopWaitingEveryMs = 500;
const giveUpEveryMs = 5_000;
/** A try that is under way at the end may take this much longer; then it counts as failed and is made again after the restart. */
const graceMs = 3_000;

/**
 * Sends queued mails as they become due, several at once, apart from the processing of events. Any number of instances can run. While the
 * database does not answer, what came of tries is kept here and noted later.
 */
export function startSender(options: SenderOptions): { stop(): Promise<void> } {
  const { database, mailServer, log, atOnce } = options;
  const { db } = database;
  declareFaultPoints("notification-service", ["mail.before-send", "mail.after-send", "mail.after-note"]);
  const count = countMails(db, options.metrics);
  const alarm = createAlarm();
  const mails = createMailsUnderWay({
    atOnce,
    tryMail: (mail) => tryMail(mail, options),
    onEnd({ content }, { outcome, away }) {
      if (away !== mails.away()) log.warn(away ? "the mail server is away" : "the mail server is back");
      count(content.template, outcome.kind);
      alarm.ring();
    },
  });

  const note = () =>
    mails.noteEnded(async (outcomes) => {
      await noteOutcomes(db, outcomes);
      faultPoint("notification-service/mail.after-note");
    });
  const take = async () => {
    const free = mails.free();
    if (free <= 0) return;
    for (const mail of await takeDue(db, free, mails.ids())) mails.begin(mail);
  };
  const chores = [
    every(keepHoldEveryMs, () => keepHold(db, mails.ids())),
    every(stopWaitingEveryMs, () => stopWaiting(db)),
    every(giveUpEveryMs, async () => {
      const given = await giveUpLate(db);
      if (given > 0) log.warn({ mails: given }, "mails were given up before any try");
    }),
  ];

  let stopping = false;
  const run = async () => {
    while (!stopping) {
      try {
        await note();
        for (const chore of chores) await chore();
        await take();
        await alarm.sleep(lookEveryMs);
        await pause(mails.away() ? awayPauseMs : gatherMs);
      } catch (error) {
        log.warn({ err: error }, "the mail queue does not answer");
        await pause(awayPauseMs);
      }
    }
  };

  const forget = database.onCommit((trx) => queuedMail(trx) && alarm.ring());
  const running = run();
  return {
    async stop() {
      forget();
      stopping = true;
      alarm.ring();
      await running;
      const cut = setTimeout(() => mailServer.close(), graceMs);
      await mails.settled();
      clearTimeout(cut);
      mailServer.close();
      await note().catch((error) => log.warn({ err: error }, "mails were sent and not noted"));
    },
  };
}

/** Does the work on the first call, and then on the first one after each such time. */
function every(ms: number, work: () => Promise<void>): () => Promise<void> {
  let next = 0;
  return async () => {
    if (performance.now() < next) return;
    next = performance.now() + ms;
    await work();
  };
}
