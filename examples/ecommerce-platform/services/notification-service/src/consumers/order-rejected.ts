import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import type { RejectionReason } from "../domain/mail.ts";
import { giveUpAt } from "../domain/sending-schedule.ts";
import { queueMail } from "../store/email-log.ts";
import type { NotificationTables } from "../store/migrations.ts";

interface OrderRejected {
  readonly orderId: string;
  readonly userId: string;
  readonly customerEmail: string;
  readonly reason: RejectionReason;
}

/** An order became rejected: the customer hears why. */
export function orderRejected({
  clock,
}: Pick<Dependencies, "clock">): EventConsumer<NotificationTables, OrderRejected> {
  return {
    eventType: "order.rejected",
    async handle({ data: { orderId, userId, customerEmail, reason } }, trx) {
      const content = { template: "order-rejected", orderId, reason } as const;
      await queueMail(trx, { userId, recipient: customerEmail, content }, giveUpAt(content, clock()));
    },
  };
}
