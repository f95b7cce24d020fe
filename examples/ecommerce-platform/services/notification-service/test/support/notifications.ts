import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  type Database,
  type Delivery,
  type EventConsumer,
  readEventContracts,
  startConsumers,
} from "@speckit/service-kit";
import { silentLog, testDatabase, testMetrics } from "@speckit/service-kit/testing";
import { sql } from "kysely";
import { onTestFinished } from "vitest";
import { notificationConsumers } from "../../src/app.ts";
import type { MailContent } from "../../src/domain/mail.ts";
import type { MailStatus, NotificationTables } from "../../src/store/migrations.ts";
import { migrations } from "../../src/store/migrations.ts";

export const contracts = readEventContracts(fileURLToPath(new URL("../../../..", import.meta.url)));

export const ada = "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60";
export const grace = "9a1b7c3d-2e4f-4a5b-8c6d-7e8f9a0b1c2d";
export const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
export const resetId = "0d9c7c1e-6f0b-4c7e-8a55-1b9d6c0f2e11";
export const resetToken = "pr_u5Rk8w2zQ1nV7c4xL0aYdEeFfGgHhIi";

/** Data of each event as its producer sends it. */
export const examples = {
  "user.profile.created": {
    userId: ada,
    email: "ada.contact@example.com",
    firstName: "Ada",
    lastName: "Lovelace",
    accountEmail: "ada@example.com",
    profileVersion: 1,
  },
  "order.created": {
    orderId,
    userId: ada,
    items: [
      { sku: "TEA-100", quantity: 3, unitPrice: 400 },
      { sku: "MUG-001", quantity: 1, unitPrice: 1250 },
    ],
    totalAmount: 2450,
    orderDate: "2026-11-23T10:10:00Z",
    currency: "EUR",
    customerEmail: "ada@example.com",
  },
  "order.confirmed": {
    orderId,
    userId: ada,
    customerEmail: "ada@example.com",
    reservationId: "5a0c4c1e-6f0b-4c7e-8a55-1b9d6c0f2e11",
    confirmedAt: "2026-11-23T10:10:02Z",
  },
  "order.rejected": {
    orderId,
    userId: ada,
    customerEmail: "ada@example.com",
    reason: "insufficient-stock",
    rejectedAt: "2026-11-23T10:10:02Z",
  },
  "order.cancelled": {
    orderId,
    userId: ada,
    customerEmail: "ada@example.com",
    reason: "cancelled-by-customer",
    cancelledAt: "2026-11-23T10:12:00Z",
  },
  "auth.password-reset.requested": {
    resetId,
    userId: ada,
    email: "ada@example.com",
    resetToken,
    expiresAt: "2099-11-23T10:40:00Z",
  },
} as const;

export type EventType = keyof typeof examples;

export function eventOf<Type extends EventType>(eventType: Type, changed: object = {}) {
  return {
    eventId: randomUUID(),
    eventType,
    eventVersion: "v1",
    timestamp: "2026-11-23T10:10:00Z",
    data: { ...examples[eventType], ...changed },
  };
}

export interface LoggedMail {
  readonly template: MailContent["template"];
  readonly recipient: string;
  readonly subject: string;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly content: MailContent | null;
  /** Seconds until it is due. */
  readonly due_in: number;
  readonly user_id: string;
  readonly order_id: string | null;
}

export interface Notifications {
  readonly database: Database<NotificationTables>;
  /** Hands events to the consumers as the bus does, contract check and inbox included. */
  receive(...events: readonly object[]): Promise<void>;
  /** The log, oldest first. */
  mails(): Promise<LoggedMail[]>;
  /** Makes everything that waits this much older. */
  letTimePass(seconds: number): Promise<void>;
}

/** The database and the consumers of the service, with a clock that stands still. */
export async function openNotifications({ now = new Date() }: { now?: Date } = {}): Promise<Notifications> {
  const database = await testDatabase<NotificationTables>(migrations);
  onTestFinished(() => database.close());
  const consumers = notificationConsumers({ clock: () => now });
  const deliver = await deliveryTo(database, consumers);

  return {
    database,
    async receive(...events) {
      for (const body of events) await deliver(body);
    },
    async mails() {
      const { rows } = await sql<LoggedMail>`
        SELECT *, extract(epoch FROM due_at - now())::float8 AS due_in FROM email_log ORDER BY created_at, template`.execute(
        database.db,
      );
      return rows;
    },
    async letTimePass(seconds) {
      await sql`UPDATE email_log SET due_at = due_at - make_interval(secs => ${seconds}),
        give_up_at = give_up_at - make_interval(secs => ${seconds}),
        created_at = created_at - make_interval(secs => ${seconds})`.execute(database.db);
    },
  };
}

async function deliveryTo(
  database: Database<NotificationTables>,
  consumers: readonly EventConsumer<NotificationTables>[],
): Promise<(body: object) => Promise<void>> {
  let handle: ((delivery: Delivery) => Promise<void>) | undefined;
  const bus = {
    async subscribe(subscription: { handle(delivery: Delivery): Promise<void> }) {
      handle = subscription.handle;
      return { stop: async () => {} };
    },
  };
  const receiving = await startConsumers({
    service: "notification-service",
    database,
    bus,
    contracts,
    consumers,
    log: silentLog(),
    metrics: testMetrics(),
  });
  onTestFinished(() => receiving.stop());
  return async (body) => {
    const { eventId, eventType } = body as { eventId: string; eventType: string };
    await handle?.({ id: eventId, topic: `events.${eventType}`, body, headers: {}, attempt: 1 });
  };
}
