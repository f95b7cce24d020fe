import type { EventConsumer } from "@speckit/service-kit";
import type { OrderTables } from "../store/migrations.ts";
import { rememberUser } from "../store/user-cache.ts";

interface ProfileUpdated {
  readonly userId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly status: "active" | "deleted";
  readonly profileVersion: number;
}

/** A profile was changed or deleted: its names are replaced or removed. */
export const userProfileUpdated: EventConsumer<OrderTables, ProfileUpdated> = {
  eventType: "user.profile.updated",
  async handle({ data: { userId, firstName, lastName, status, profileVersion } }, trx) {
    const names = status === "deleted" ? { firstName: null, lastName: null } : { firstName, lastName };
    await rememberUser(trx, { userId, profileVersion, ...names });
  },
};
