import path from "node:path";
import type { Environment } from "@speckit/service-kit";
import { freePort } from "@speckit/service-kit/embedded";
import type { Servers } from "./servers.ts";
import {
  gateway as gatewayPlan,
  type ServicePlan,
  services as servicePlans,
  urlVariable,
} from "./services.ts";
import type { ShopProcess } from "./shop-process.ts";
import { startChild } from "./start-child.ts";
import { startHere } from "./start-here.ts";
import type { Undoing } from "./undoing.ts";

export interface LauncherOptions {
  /** One process for each service. */
  readonly processes?: boolean;
  /** Variables of all services. */
  readonly shared: Environment;
  readonly servers: Servers;
  readonly logDir: string;
  readonly undoing: Undoing;
}

/** Starts the processes of a shop, each with the addresses of those it calls. */
export interface Launcher {
  /** All of them, at their addresses. */
  services(): Promise<ShopProcess[]>;
  /** One more of a service, at an address of its own that nobody calls. */
  service(plan: ServicePlan): Promise<ShopProcess>;
  gateway(port: number): Promise<{ readonly gateway: ShopProcess; readonly statusUrl: string }>;
}

export async function createLauncher(options: LauncherOptions): Promise<Launcher> {
  const { processes, shared, servers, logDir, undoing } = options;
  const start = processes ? startChild : startHere;
  const ports = await choosePorts();

  const launch = async (plan: ServicePlan, own: Environment): Promise<ShopProcess> => {
    const urls = plan.calls.map((name) => [urlVariable(name), `http://127.0.0.1:${ports.get(name)}`]);
    const environment = { ...shared, ...Object.fromEntries(urls), ...own };
    const started = await start({ plan, environment, logFile: path.join(logDir, `${plan.name}.log`) });
    undoing.add({ undo: () => started.stop(), atOnce: () => started.end(), together: plan !== gatewayPlan });
    return started;
  };
  const service = (plan: ServicePlan, port = 0) =>
    launch(plan, { PORT: `${port}`, DATABASE_URL: servers.databaseUrls.get(plan.name) });

  return {
    services: () => all(servicePlans.map((plan) => service(plan, ports.get(plan.name)))),
    service,
    async gateway(port) {
      const statusPort = ports.get(gatewayPlan.name);
      const gateway = await launch(gatewayPlan, { PORT: `${port}`, STATUS_PORT: `${statusPort}` });
      return { gateway, statusUrl: `http://127.0.0.1:${statusPort}` };
    },
  };
}

/** Services stay at their addresses when they are started again, so the addresses are chosen before the first starts. */
async function choosePorts(): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for (const { name } of [...servicePlans, gatewayPlan]) ports.set(name, await freePort());
  return ports;
}

/** When one fails, those that were still starting have started too, and are known, before this throws. */
async function all<T>(starting: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(starting);
  return Promise.all(starting);
}
