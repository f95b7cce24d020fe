import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { giveUpAt } from "../domain/sending-schedule.ts";
import { queueMails } from "../store/email-log.ts";
import type { NotificationTables } from "../store/migrations.ts";

interface OrderConfirmed {
  readonly orderId: string;
  readonly userId: string;
  readonly customerEmail: string;
}

/** An order became confirmed: the customer gets its lines, for which the mail waits when this event was faster than theirs. */
export function orderConfirmed({
  clock,
}: Pick<Dependencies, "clock">): EventConsumer<NotificationTables, OrderConfirmed> {
  return {
    eventType: "order.confirmed",
    async prepare(events, trx) {
      const now = clock();
      const mails = events.map(({ data: { orderId, userId, customerEmail } }) => ({
        userId,
        recipient: customerEmail,
        content: { template: "order-confirmed", orderId } as const,
      }));
      await queueMails(trx, mails, (content) => giveUpAt(content, now));
    },
    // All mails were queued at once; there is nothing left to do for each.
    async handle() {},
  };
}
