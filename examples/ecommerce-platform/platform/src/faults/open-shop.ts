import { randomBytes } from "node:crypto";
import path from "node:path";
import { type Bus, createLogger, createMetrics, openBus } from "@speckit/service-kit";
import { shopTopology } from "../contracts.ts";
import type { ShopProcess } from "../shop-process.ts";
import { type Platform, startPlatform } from "../start-platform.ts";
import { type Driver, openServers, type Servers } from "./servers/open-servers.ts";

/** The whole shop, one process for each service, on servers that may be killed. */
export interface FaultyShop {
  /** Of the gateway; another one after everything was killed. */
  readonly url: string;
  readonly servers: Servers;
  readonly administrator: Platform["administrator"];
  /** Services and the gateway. */
  readonly processes: readonly ShopProcess[];
  process(name: string): ShopProcess;
  /** Starts a second instance of a service. */
  another(name: string): Promise<ShopProcess>;
  /** Of a service, as its own role. */
  databaseUrl(service: string): string;
  /** To look at; nobody here publishes or consumes. */
  readonly bus: Bus;
  readonly logDir: string;
  /** Ends every process and every server with SIGKILL, and starts them again. */
  killEverything(): Promise<void>;
  stop(): Promise<void>;
  /** The same when there is no time: works at once. */
  end(): void;
}

/** Short, so that some reservations run out while a process is away. */
const reservationSeconds = 3;

/** Opens a shop below a folder. Throws `NotInstalled`, and what does not start says why. */
export async function openShop(driver: Driver, folder: string): Promise<FaultyShop> {
  const servers = await openServers(driver, path.join(folder, "servers"));
  const { postgres, rabbit, redis, mail } = servers;
  const environment = {
    LOG_LEVEL: "warn",
    DATABASE_URL: postgres.url,
    AMQP_URL: rabbit?.url,
    REDIS_URL: redis?.url,
    SMTP_URL: mail.smtpUrl,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    RESERVATION_SECONDS: `${reservationSeconds}`,
    // All customers come from one address here.
    RATE_LIMIT_PER_SECOND: "100000",
    LOGINS_PER_MINUTE: "100000",
    REGISTRATIONS_PER_MINUTE: "100000",
  };
  const open = () =>
    startPlatform({
      dataDir: path.join(folder, "data"),
      port: 0,
      processes: true,
      faults: true,
      environment,
    });

  let platform: Platform;
  let bus: Bus;
  try {
    platform = await open();
    bus = await openShopsBus(platform.servers.busUrl);
  } catch (error) {
    await servers.stop();
    throw error;
  }
  const processes = () => [...platform.services.values(), platform.gateway];
  const killable = [postgres, rabbit, redis].filter((server) => server !== undefined);

  return {
    get url() {
      return platform.url;
    },
    servers,
    administrator: platform.administrator,
    get processes() {
      return processes();
    },
    process(name) {
      const found = processes().find((process) => process.name === name);
      if (!found) throw new Error(`The shop has no process ${name}.`);
      return found;
    },
    another: (name) => platform.another(name),
    databaseUrl: (service) => platform.servers.databaseUrls.get(service) ?? "",
    bus,
    logDir: platform.logDir,
    async killEverything() {
      platform.end();
      await Promise.all(killable.map((server) => server.kill()));
      await platform.stop();
      await Promise.all(killable.map((server) => server.start()));
      platform = await open();
    },
    async stop() {
      await bus.close();
      await platform.stop();
      await servers.stop();
    },
    end() {
      platform.end();
      servers.end();
    },
  };
}

function openShopsBus(url: string): Promise<Bus> {
  const log = createLogger({ service: "faults", level: "silent" });
  return openBus({ url, topology: shopTopology(), log, metrics: createMetrics("faults") });
}
