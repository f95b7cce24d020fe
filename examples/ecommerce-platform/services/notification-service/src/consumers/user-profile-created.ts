import type { EventConsumer } from "@speckit/service-kit";
import type { Dependencies } from "../app.ts";
import { giveUpAt } from "../domain/sending-schedule.ts";
import { queueMail } from "../store/email-log.ts";
import type { NotificationTables } from "../store/migrations.ts";

interface ProfileCreated {
  readonly userId: string;
  readonly firstName: string;
  readonly accountEmail: string;
}

/** A user made a profile: they are welcomed, once, at the address of their account. */
export function userProfileCreated({
  clock,
}: Pick<Dependencies, "clock">): EventConsumer<NotificationTables, ProfileCreated> {
  return {
    eventType: "user.profile.created",
    async handle({ data: { userId, firstName, accountEmail } }, trx) {
      const content = { template: "welcome", firstName } as const;
      await queueMail(trx, { userId, recipient: accountEmail, content }, giveUpAt(content, clock()));
    },
  };
}
