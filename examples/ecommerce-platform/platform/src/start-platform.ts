import fs from "node:fs";
import path from "node:path";
import { type Environment, optional } from "@speckit/service-kit";
import { openDataFolder } from "./data-folder.ts";
import { emptyFolder, prepareLogs } from "./folder-contents.ts";
import { type Inbox, startInbox } from "./inbox/start-inbox.ts";
import { createLauncher } from "./launcher.ts";
import { refuseTakenPort } from "./ports.ts";
import { keepSecrets, type Secrets, writeWhole } from "./secrets.ts";
import { prefixOf, rolesOf, type Servers, startServers } from "./servers.ts";
import { services as servicePlans } from "./services.ts";
import type { ShopProcess } from "./shop-process.ts";
import { createUndoing, type Undoing } from "./undoing.ts";

export interface PlatformOptions {
  /** Holds everything that outlives the process. */
  readonly dataDir: string;
  /** Empties the data folder first; what is on servers that the environment names stays. */
  readonly fresh?: boolean;
  /** Of the gateway; 0 is any free one. */
  readonly port?: number;
  /** Of the mail inbox; 0 is any free one. */
  readonly mailPort?: number;
  /** One process for each service, started again when it crashes; otherwise all in this one. */
  readonly processes?: boolean;
  /** Fault points of the services can be armed; needs `processes`. */
  readonly faults?: boolean;
  /** `DATABASE_URL`, `AMQP_URL`, `REDIS_URL`, `SMTP_URL` name servers to use, `PLATFORM_PREFIX` begins their names; the rest is for the services. */
  readonly environment?: Environment;
  /** Told what is being done, in a few words. */
  readonly onProgress?: (step: string) => void;
  /** Told what goes wrong while the platform runs. */
  readonly onTrouble?: (trouble: string) => void;
  /** Stops a start that is under way. */
  readonly signal?: AbortSignal;
}

export interface Platform {
  /** Of the gateway. */
  readonly url: string;
  /** Undefined when SMTP_URL names another server. */
  readonly inbox: Inbox | undefined;
  readonly administrator: { readonly email: string; readonly password: string };
  /** By name. */
  readonly services: ReadonlyMap<string, ShopProcess>;
  readonly gateway: ShopProcess;
  /** Starts a second instance of a service. Nobody calls it; it works on the same database and the same queue. */
  another(name: string): Promise<ShopProcess>;
  readonly servers: Servers;
  readonly dataDir: string;
  readonly logDir: string;
  /** Of the gateway's probes and metrics. */
  readonly statusUrl: string;
  /** Stops in order: nothing new is taken, what was begun is finished. */
  stop(): Promise<void>;
  /** Ends everything now; the next start recovers. */
  end(): void;
}

const administratorEmail = "admin@example.com";
const defaults = { port: 8080, mailPort: 8025 };
type Chosen = PlatformOptions & typeof defaults;

/**
 * Starts the whole shop: servers that the environment does not name, databases, services, and the gateway when all of them are ready.
 * Throws `PortInUse`, `DataFolderInUse`, and what servers and services say; then nothing is left running.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const { port = defaults.port, mailPort = defaults.mailPort } = options;
  const undoing = createUndoing();
  const atExit = () => undoing.atOnce();
  process.on("exit", atExit);
  undoing.add({ undo: async () => void process.off("exit", atExit) });
  try {
    return await start({ ...options, port, mailPort }, undoing);
  } catch (error) {
    await undoing.undo();
    throw error;
  }
}

async function start(options: Chosen, undoing: Undoing): Promise<Platform> {
  const { environment = {}, signal, onProgress, onTrouble = () => undefined } = options;
  const step = (name: string) => {
    signal?.throwIfAborted();
    onProgress?.(name);
  };
  const prefix = prefixOf(environment);
  const folder = await openDataFolder(options.dataDir);
  undoing.add({ undo: async () => folder.release(), atOnce: () => folder.release() });
  const dataDir = folder.path;
  // Only now: one that is about to end lets go of its ports before it lets go of its folder.
  await refuseTakenPort(options.port, "--port");
  await refuseTakenPort(options.mailPort, "--mail-port");
  if (options.fresh) {
    step("emptying the data folder");
    await emptyFolder(dataDir);
  }
  const secrets = keepSecrets(dataDir, rolesOf(prefix));
  const administrator = administratorOf(environment, secrets);

  step("servers and databases");
  const log = { info: () => undefined, error: onTrouble };
  const servers = await startServers({ dataDir, environment, prefix, log }, secrets);
  undoing.add({ undo: () => servers.stop() });
  const inbox = await openInbox(dataDir, options);
  if (inbox) undoing.add({ undo: () => inbox.stop() });

  const logDir = prepareLogs(dataDir);
  const shared = sharedEnvironment({ options, servers, inbox, secrets, administrator });
  const launcher = await createLauncher({ ...options, shared, servers, logDir, undoing });
  step("services");
  const services = await launcher.services();
  step("gateway");
  const { gateway, statusUrl } = await launcher.gateway(options.port);
  noteAddresses(dataDir, { url: gateway.url, inboxUrl: inbox?.url, busUrl: servers.busUrl, prefix }, undoing);

  return {
    url: gateway.url,
    inbox,
    administrator,
    services: new Map(services.map((service) => [service.name, service])),
    gateway,
    async another(name) {
      const plan = servicePlans.find((each) => each.name === name);
      if (!plan) throw new Error(`There is no service ${name}.`);
      return launcher.service(plan);
    },
    servers,
    dataDir,
    logDir,
    statusUrl,
    async stop() {
      folder.announceEnd();
      await undoing.undo();
    },
    end: () => undoing.atOnce(),
  };
}

function administratorOf(environment: Environment, secrets: Secrets): Platform["administrator"] {
  return {
    email: optional(environment, "ADMIN_EMAIL") ?? administratorEmail,
    password: optional(environment, "ADMIN_PASSWORD") ?? secrets.administratorPassword,
  };
}

interface Started extends Pick<Platform, "servers" | "inbox" | "administrator"> {
  readonly options: Chosen;
  readonly secrets: Secrets;
}

/** What all services are told; what is meant for one does not disturb the others. */
function sharedEnvironment({ options, servers, inbox, secrets, administrator }: Started): Environment {
  const { environment = {}, faults } = options;
  return {
    ...environment,
    ...servers.bus,
    REDIS_PREFIX: optional(environment, "PLATFORM_PREFIX"),
    HOST: "127.0.0.1",
    SMTP_URL: inbox?.smtpUrl ?? optional(environment, "SMTP_URL"),
    MAIL_FROM: optional(environment, "MAIL_FROM") ?? "The shop <shop@example.com>",
    AUTH_SECRET: optional(environment, "AUTH_SECRET") ?? secrets.authSecret,
    ADMIN_EMAIL: administrator.email,
    ADMIN_PASSWORD: administrator.password,
    SEED_DEMO: "on",
    ...(faults && { FAULTS: "on" }),
  };
}

async function openInbox(
  dataDir: string,
  { mailPort, environment = {}, onTrouble }: Chosen,
): Promise<Inbox | undefined> {
  if (optional(environment, "SMTP_URL") !== undefined) return undefined;
  const log = {
    info: () => undefined,
    warn: (fields: object, message: string) => onTrouble?.(`${message} ${JSON.stringify(fields)}`),
  };
  return startInbox({
    host: "127.0.0.1",
    smtpPort: 0,
    httpPort: mailPort,
    dataDir: path.join(dataDir, "mails"),
    log,
  });
}

/** For programs beside the platform, such as `npm run dlq`, as long as it runs. */
function noteAddresses(dataDir: string, addresses: object, undoing: Undoing): void {
  const file = path.join(dataDir, "platform.json");
  const forget = () => fs.rmSync(file, { force: true });
  writeWhole(file, JSON.stringify(addresses));
  undoing.add({ undo: async () => forget(), atOnce: forget });
}
