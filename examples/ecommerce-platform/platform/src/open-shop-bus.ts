import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  type Bus,
  createLogger,
  createMetrics,
  type Environment,
  openBus,
  optional,
} from "@speckit/service-kit";
import { shopTopology } from "./contracts.ts";
import { DataFolderInUse, openDataFolder } from "./data-folder.ts";
import { keepSecrets } from "./secrets.ts";
import { busUrlOn, databaseUrlOf, prefixOf, rolesOf, startServers } from "./servers.ts";

/** The bus of a shop could not be found or reached. */
class NoBus extends Error {
  override readonly name = "NoBus";
}

export interface ShopBus {
  readonly bus: Bus;
  close(): Promise<void>;
}

/**
 * Opens the bus that the shop of a data folder uses, whether the shop is open or not: of the server that the environment names, else of
 * the platform that runs there, else of a PostgreSQL that is started for as long.
 */
export async function openShopBus(dataDir: string, environment: Environment): Promise<ShopBus> {
  const place = await findBus(path.resolve(dataDir), environment);
  try {
    const bus = await openBus({
      url: place.url,
      topology: shopTopology(),
      ...(place.prefix !== "" && { prefix: place.prefix }),
      log: createLogger({ service: "dlq", level: "silent" }),
      metrics: createMetrics("dlq"),
    });
    const close = async () => {
      await bus.close();
      await place.leave();
    };
    await bus.check().catch(async () => {
      await close();
      throw new NoBus(`The bus at ${new URL(place.url).host} does not answer.`);
    });
    return { bus, close };
  } catch (error) {
    await place.leave();
    throw error;
  }
}

interface BusPlace {
  readonly url: string;
  readonly prefix: string;
  leave(): Promise<void>;
}

const nothingToLeave = async () => undefined;

async function findBus(dataDir: string, environment: Environment): Promise<BusPlace> {
  const prefix = prefixOf(environment);
  const amqpUrl = optional(environment, "AMQP_URL");
  if (amqpUrl !== undefined) return { url: amqpUrl, prefix, leave: nothingToLeave };
  if (!fs.existsSync(path.join(dataDir, "secrets.json"))) {
    throw new NoBus(`No platform was ever started in ${dataDir}. Name its folder with --data.`);
  }
  const secrets = () => keepSecrets(dataDir, rolesOf(prefix));
  const databaseUrl = databaseUrlOf(environment);
  if (databaseUrl !== undefined) {
    return { url: busUrlOn(databaseUrl, prefix, secrets()), prefix, leave: nothingToLeave };
  }
  try {
    const folder = await openDataFolder(dataDir, { waitMs: 0 });
    const log = { info: () => undefined, error: () => undefined };
    const servers = await startServers({ dataDir, environment, prefix, log }, secrets());
    const leave = async () => {
      await servers.stop();
      folder.release();
    };
    return { url: servers.busUrl, prefix, leave };
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    return { ...(await noteOfRunning(dataDir)), leave: nothingToLeave };
  }
}

/** A platform that is just starting has not said yet where its bus is. */
async function noteOfRunning(dataDir: string): Promise<{ url: string; prefix: string }> {
  const file = path.join(dataDir, "platform.json");
  for (let left = 100; left > 0; left--) {
    if (fs.existsSync(file)) {
      const { busUrl, prefix } = JSON.parse(fs.readFileSync(file, "utf8"));
      return { url: busUrl, prefix };
    }
    await pause(100);
  }
  throw new NoBus(`The platform of ${dataDir} does not get ready.`);
}
