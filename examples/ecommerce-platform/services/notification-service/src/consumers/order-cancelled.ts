import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import type { CancellationReason } from "../domain/mail.ts";
import { giveUpAt } from "../domain/sending-schedule.ts";
import { queueMail } from "../store/email-log.ts";
import type { NotificationTables } from "../store/migrations.ts";

interface OrderCancelled {
  readonly orderId: string;
  readonly userId: string;
  readonly customerEmail: string;
  readonly reason: CancellationReason;
}

/** An order became cancelled: the customer hears why. */
export function orderCancelled({
  clock,
}: Pick<Dependencies, "clock">): EventConsumer<NotificationTables, OrderCancelled> {
  return {
    eventType: "order.cancelled",
    async handle({ data: { orderId, userId, customerEmail, reason } }, trx) {
      const content = { template: "order-cancelled", orderId, reason } as const;
      await queueMail(trx, { userId, recipient: customerEmail, content }, giveUpAt(content, clock()));
    },
  };
}
