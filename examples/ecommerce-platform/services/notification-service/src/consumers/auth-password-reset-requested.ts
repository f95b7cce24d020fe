import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { giveUpAt, hasExpired } from "../domain/sending-schedule.ts";
import { queueMail } from "../store/email-log.ts";
import type { NotificationTables } from "../store/migrations.ts";

interface PasswordResetRequested {
  readonly resetId: string;
  readonly userId: string;
  readonly email: string;
  readonly resetToken: string;
  readonly expiresAt: string;
}

/** Somebody wants a new password: the token goes to the address of the account, unless it came too late to be of use. */
export function authPasswordResetRequested({
  clock,
}: Pick<Dependencies, "clock">): EventConsumer<NotificationTables, PasswordResetRequested> {
  return {
    eventType: "auth.password-reset.requested",
    async handle({ data: { resetId, userId, email, resetToken, expiresAt } }, trx) {
      const now = clock();
      if (hasExpired(expiresAt, now)) return;
      const content = { template: "password-reset", resetId, resetToken, expiresAt } as const;
      await queueMail(trx, { userId, recipient: email, content }, giveUpAt(content, now));
    },
  };
}
