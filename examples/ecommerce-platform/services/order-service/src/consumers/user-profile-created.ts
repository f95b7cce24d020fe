import type { EventConsumer } from "@speckit/service-kit";
import type { OrderTables } from "../store/migrations.ts";
import { rememberUser } from "../store/user-cache.ts";

interface ProfileCreated {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly profileVersion: number;
}

/** A profile was made: its names are shown with the orders of its owner from now on. */
export const userProfileCreated: EventConsumer<OrderTables, ProfileCreated> = {
  eventType: "user.profile.created",
  handle: ({ data }, trx) => rememberUser(trx, data),
};
