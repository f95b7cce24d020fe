import type { Database, EventConsumer, Handlers } from "@speckit/service-kit";
import { authPasswordResetRequested } from "./consumers/auth-password-reset-requested.ts";
import { orderCancelled } from "./consumers/order-cancelled.ts";
import { orderConfirmed } from "./consumers/order-confirmed.ts";
import { orderCreated } from "./consumers/order-created.ts";
import { orderRejected } from "./consumers/order-rejected.ts";
import { userProfileCreated } from "./consumers/user-profile-created.ts";
import { getNotificationHandler } from "./routes/get-notification.ts";
import { listNotificationsHandler } from "./routes/list-notifications.ts";
import type { NotificationTables } from "./store/migrations.ts";

/** What operations and consumers need. */
export interface Dependencies {
  readonly database: Pick<Database<NotificationTables>, "db">;
  readonly clock: () => Date;
}

/** One handler for each operation of contracts/api-spec.yaml; service-kit refuses to start with others. */
export function notificationHandlers(dependencies: Pick<Dependencies, "database">): Handlers {
  return {
    listNotifications: listNotificationsHandler(dependencies),
    getNotification: getNotificationHandler(dependencies),
  };
}

/** One consumer for each event whose contract names notification-service; service-kit refuses to start with others. */
export function notificationConsumers(
  dependencies: Pick<Dependencies, "clock">,
): readonly EventConsumer<NotificationTables>[] {
  return [
    userProfileCreated(dependencies),
    orderCreated(),
    orderConfirmed(dependencies),
    orderRejected(dependencies),
    orderCancelled(dependencies),
    authPasswordResetRequested(dependencies),
  ];
}
