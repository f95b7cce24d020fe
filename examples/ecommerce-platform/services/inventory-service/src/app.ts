import type { Database, EventConsumer, Handlers, Outbox } from "@speckit/service-kit";
import { orderCancelled } from "./consumers/order-cancelled.ts";
import { orderConfirmed } from "./consumers/order-confirmed.ts";
import { orderCreated } from "./consumers/order-created.ts";
import { getProductHandler } from "./routes/get-product.ts";
import { getReservationHandler } from "./routes/get-reservation.ts";
import { listProductsHandler } from "./routes/list-products.ts";
import { listReservationsHandler } from "./routes/list-reservations.ts";
import { saveProductHandler } from "./routes/save-product.ts";
import type { InventoryTables } from "./store/migrations.ts";

/** What operations and consumers need. */
export interface Dependencies {
  readonly database: Pick<Database<InventoryTables>, "db">;
  readonly outbox: Outbox;
  readonly clock: () => Date;
  /** How long a reservation lasts. */
  readonly reservationMs: number;
}

/** One handler for each operation of contracts/api-spec.yaml; service-kit refuses to start with others. */
export function inventoryHandlers(dependencies: Pick<Dependencies, "database">): Handlers {
  return {
    listProducts: listProductsHandler(dependencies),
    getProduct: getProductHandler(dependencies),
    saveProduct: saveProductHandler(dependencies),
    listReservations: listReservationsHandler(dependencies),
    getReservation: getReservationHandler(dependencies),
  };
}

/** One consumer for each event whose contract names inventory-service; service-kit refuses to start with others. */
export function inventoryConsumers(dependencies: Dependencies): readonly EventConsumer<InventoryTables>[] {
  return [orderCreated(dependencies), orderConfirmed(dependencies), orderCancelled(dependencies)];
}
