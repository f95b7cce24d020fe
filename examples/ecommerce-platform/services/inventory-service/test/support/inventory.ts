import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  createOutbox,
  type Database,
  type Envelope,
  type EventConsumer,
  openDatabase,
  readEventContracts,
} from "@speckit/service-kit";
import { collectEvents, freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import { type Dependencies, inventoryConsumers } from "../../src/app.ts";
import type { Reservation } from "../../src/domain/reservation.ts";
import type { Line } from "../../src/domain/stock.ts";
import { type InventoryTables, migrations } from "../../src/store/migrations.ts";
import { addMissingProducts, findProduct } from "../../src/store/products.ts";
import { listReservations } from "../../src/store/read-reservations.ts";

export const contracts = readEventContracts(fileURLToPath(new URL("../../../..", import.meta.url)));
export const minuteMs = 60_000;

const adaId = "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60";
const customer = { userId: adaId, customerEmail: "ada@example.com" };

/** The tables of inventory-service in a database of its own, what works on them, and a clock that stands until it is moved. */
export interface Inventory extends Dependencies {
  readonly url: string;
  readonly database: Database<InventoryTables>;
  advance(ms: number): void;
  /** Sets the stock of products, which are made when they are missing. */
  stock(pieces: Readonly<Record<string, number>>): Promise<void>;
  available(sku: string): Promise<number>;
  /** What an order's reservation looks like. */
  reservationOf(orderId: string): Promise<Reservation | undefined>;
  /** Handles an event as if it had just arrived, without an inbox. */
  handle(event: Envelope): Promise<void>;
  /** Handles events in one transaction, as service-kit does when they arrive together. */
  handleTogether(events: readonly Envelope[]): Promise<void>;
  /** What waits in the outbox. */
  told(): Promise<{ type: string; data: Record<string, unknown> }[]>;
  close(): Promise<void>;
}

export async function openInventory({ poolSize = 10 } = {}): Promise<Inventory> {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase<InventoryTables>({
    url,
    service: "inventory-service",
    migrations,
    poolSize,
    log: silentLog(),
    metrics: testMetrics(),
  });
  let now = new Date("2026-11-23T10:10:00Z");
  const clock = () => now;
  const outbox = createOutbox({ contracts, service: "inventory-service", clock });
  const dependencies = { database, outbox, clock, reservationMs: 15 * minuteMs };
  const consumers = new Map(
    inventoryConsumers(dependencies).map((consumer) => [consumer.eventType, consumer]),
  );

  async function handleTogether(events: readonly Envelope[]): Promise<void> {
    const pairs = events.map((event) => ({
      event,
      consumer: consumers.get(event.eventType) as EventConsumer<InventoryTables>,
    }));
    await database.transaction(async (trx) => {
      const prepared = new Map<object, unknown>();
      for (const consumer of new Set(pairs.map((pair) => pair.consumer))) {
        const its = pairs.filter((pair) => pair.consumer === consumer);
        const events = its.map(({ event }) => event);
        prepared.set(consumer, await consumer.prepare?.(events, trx));
      }
      for (const { event, consumer } of pairs) await consumer.handle(event, trx, prepared.get(consumer));
    });
  }

  return {
    ...dependencies,
    url,
    advance(ms) {
      now = new Date(now.getTime() + ms);
    },
    async stock(pieces) {
      const products = Object.entries(pieces).map(([sku, available]) => ({
        sku,
        name: `Product ${sku}`,
        unitPrice: 450,
        currency: "EUR",
        available,
      }));
      await database.pool.query("DELETE FROM products WHERE sku = ANY($1)", [Object.keys(pieces)]);
      await addMissingProducts(database.db, products);
    },
    async available(sku) {
      return (await findProduct(database.db, sku))?.available ?? Number.NaN;
    },
    async reservationOf(orderId) {
      const [reservation] = await listReservations(database.db, {
        orderId,
        status: undefined,
        after: undefined,
        limit: 2,
      });
      return reservation;
    },
    handleTogether,
    handle: (event) => handleTogether([event]),
    async told() {
      const events = await collectEvents(database);
      return events.map(({ eventType, data }) => ({ type: eventType, data }));
    },
    async close() {
      await database.close();
      await drop();
    },
  };
}

function envelope(eventType: string, data: object): Envelope {
  return { eventId: randomUUID(), eventType, eventVersion: "v1", timestamp: "2026-11-23T10:10:00Z", data };
}

/** As order-service tells of an order of Ada's. */
export const orders = {
  created: (orderId: string, items: readonly Line[]) =>
    envelope("order.created", {
      ...customer,
      orderId,
      items: items.map((item) => ({ ...item, unitPrice: 450 })),
      totalAmount: 450 * items.reduce((sum, { quantity }) => sum + quantity, 0),
      currency: "EUR",
      orderDate: "2026-11-23T10:10:00Z",
    }),
  confirmed: (orderId: string) =>
    envelope("order.confirmed", {
      ...customer,
      orderId,
      reservationId: randomUUID(),
      confirmedAt: "2026-11-23T10:10:01Z",
    }),
  cancelled: (orderId: string) =>
    envelope("order.cancelled", {
      ...customer,
      orderId,
      reason: "cancelled-by-customer",
      cancelledAt: "2026-11-23T10:10:01Z",
    }),
};
