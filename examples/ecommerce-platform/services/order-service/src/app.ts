import type { Database, EventConsumer, Handlers } from "@speckit/service-kit";
import type { AskPrices } from "./ask-prices.ts";
import { inventoryStockRejected } from "./consumers/inventory-stock-rejected.ts";
import { inventoryStockReleased } from "./consumers/inventory-stock-released.ts";
import { inventoryStockReserved } from "./consumers/inventory-stock-reserved.ts";
import { userProfileCreated } from "./consumers/user-profile-created.ts";
import { userProfileUpdated } from "./consumers/user-profile-updated.ts";
import { cancelOrderHandler } from "./routes/cancel-order.ts";
import { getOrderHandler } from "./routes/get-order.ts";
import { listOrdersHandler } from "./routes/list-orders.ts";
import { placeOrderHandler } from "./routes/place-order.ts";
import type { ShowOrders } from "./show-orders.ts";
import type { OrderTables } from "./store/migrations.ts";
import type { OrderStore } from "./store/orders.ts";

/** What the operations need. */
export interface Dependencies {
  readonly database: Pick<Database<OrderTables>, "db" | "transaction">;
  readonly orders: OrderStore;
  readonly askPrices: AskPrices;
  readonly showOrders: ShowOrders;
  readonly clock: () => Date;
}

/** One handler for each operation of contracts/api-spec.yaml; service-kit refuses to start with others. */
export function orderHandlers(dependencies: Dependencies): Handlers {
  return {
    placeOrder: placeOrderHandler(dependencies),
    listOrders: listOrdersHandler(dependencies),
    getOrder: getOrderHandler(dependencies),
    cancelOrder: cancelOrderHandler(dependencies),
  };
}

/** One consumer for each event whose contract names order-service; service-kit refuses to start with others. */
export function orderConsumers(orders: OrderStore): readonly EventConsumer<OrderTables>[] {
  return [
    userProfileCreated,
    userProfileUpdated,
    inventoryStockReserved(orders),
    inventoryStockRejected(orders),
    inventoryStockReleased(orders),
  ];
}
