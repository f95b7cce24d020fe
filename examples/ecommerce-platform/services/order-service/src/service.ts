import { fileURLToPath } from "node:url";
import { type Environment, type RunningService, requiredUrl, startService } from "@speckit/service-kit";
import { orderConsumers, orderHandlers } from "./app.ts";
import { createAskPrices } from "./ask-prices.ts";
import { createAskUser } from "./ask-user.ts";
import { countOrders } from "./count-orders.ts";
import { startForgettingKeys } from "./forget-keys.ts";
import { createShowOrders } from "./show-orders.ts";
import { migrations, type OrderTables } from "./store/migrations.ts";
import { createOrderStore } from "./store/orders.ts";

/** Starts order-service with the variables that ai-doc.md lists. Throws EnvironmentError when one is missing or wrong. */
export async function serve(environment: Environment): Promise<RunningService> {
  const urlOf = (name: string) => requiredUrl(environment, name, ["http", "https"]);
  // The check of tokens is service-kit's; here it is not left to choice.
  urlOf("AUTH_URL");
  const inventoryUrl = urlOf("INVENTORY_URL");
  const userUrl = urlOf("USER_URL");

  return startService<OrderTables>({
    name: "order-service",
    environment,
    folder: fileURLToPath(new URL("..", import.meta.url)),
    migrations,
    async build({ database, outbox, log, metrics, client }) {
      const clock = () => new Date();
      const orders = createOrderStore({ database, outbox, clock, count: countOrders(database, metrics) });
      return {
        handlers: orderHandlers({
          database,
          orders,
          askPrices: createAskPrices(client("inventory-service", inventoryUrl)),
          showOrders: createShowOrders(createAskUser(client("user-service", userUrl))),
          clock,
        }),
        consumers: orderConsumers(orders),
        background: [startForgettingKeys({ database, log })],
      };
    },
  });
}
