import type { Environment, RunningService } from "@speckit/service-kit";

/** What the runner knows about a process of the shop. */
export interface ServicePlan {
  readonly name: string;
  /** The package that exports `serve`, beside a program `main`. */
  readonly packageName: string;
  /** None for the gateway. */
  readonly database: string | undefined;
  /** The services whose addresses it is told. */
  readonly calls: readonly string[];
  load(): Promise<{ serve(environment: Environment): Promise<RunningService> }>;
}

export const services: readonly ServicePlan[] = [
  {
    name: "auth-service",
    packageName: "@shop/auth-service",
    database: "auth_db",
    calls: [],
    load: () => import("@shop/auth-service"),
  },
  {
    name: "user-service",
    packageName: "@shop/user-service",
    database: "user_db",
    calls: ["auth-service"],
    load: () => import("@shop/user-service"),
  },
  {
    name: "inventory-service",
    packageName: "@shop/inventory-service",
    database: "inventory_db",
    calls: ["auth-service"],
    load: () => import("@shop/inventory-service"),
  },
  {
    name: "order-service",
    packageName: "@shop/order-service",
    database: "order_db",
    calls: ["auth-service", "inventory-service", "user-service"],
    load: () => import("@shop/order-service"),
  },
  {
    name: "notification-service",
    packageName: "@shop/notification-service",
    database: "notification_db",
    calls: ["auth-service"],
    load: () => import("@shop/notification-service"),
  },
];

export const gateway: ServicePlan = {
  name: "gateway",
  packageName: "@shop/gateway",
  database: undefined,
  calls: services.map(({ name }) => name),
  load: () => import("@shop/gateway"),
};

/** The variable that holds the address of a service: `ORDER_URL` for order-service. */
export const urlVariable = (name: string) => `${name.replace(/-service$/, "").toUpperCase()}_URL`;
