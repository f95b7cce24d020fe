import { randomUUID } from "node:crypto";
import type { FastifyInstance } from "fastify";
import {
  type Database,
  type Environment,
  type EventConsumer,
  type Handlers,
  type Outbox,
  type RunningService,
  startService,
} from "../../src/index.ts";
import { orderHandlers, orderService } from "../shop.ts";

interface Tables {
  readonly orders: { readonly order_id: string; readonly told: boolean };
}

const orders = "CREATE TABLE orders (order_id uuid PRIMARY KEY, told boolean NOT NULL)";

/** A service as small as one can be: it stores an order with its event, and hears of it. */
export function serve(environment: Environment): Promise<RunningService> {
  return startService<Tables>({
    name: "order-service",
    environment,
    folder: orderService,
    migrations: [{ id: "001-orders", sql: orders }],
    async build({ database, outbox, client }) {
      client("inventory-service", "http://127.0.0.1:9");
      return { handlers: handlersWith(database, outbox), consumers: [orderCreated], configure: readPhotos };
    },
  });
}

function handlersWith(database: Database<Tables>, outbox: Outbox): Handlers {
  return {
    ...orderHandlers,
    async addNote() {
      const orderId = randomUUID();
      await database.transaction(async (trx) => {
        await trx.insertInto("orders").values({ order_id: orderId, told: false }).execute();
        await outbox.add(trx, [{ type: "order.created", data: { orderId } }]);
      });
      return { orderId };
    },
    async listOrders() {
      return database.db.selectFrom("orders").selectAll().execute();
    },
  };
}

const orderCreated: EventConsumer<Tables> = {
  eventType: "order.created",
  async handle({ data }, trx) {
    const { orderId } = data as { orderId: string };
    await trx.updateTable("orders").set({ told: true }).where("order_id", "=", orderId).execute();
  },
};

function readPhotos(app: FastifyInstance): void {
  app.addContentTypeParser("image/png", { parseAs: "buffer" }, (_request, bytes, done) => done(null, bytes));
}
