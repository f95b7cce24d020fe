import fs from "node:fs";
import path from "node:path";
import { accountForServer } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { prepareCluster } from "./cluster.ts";
import { endWithUs } from "./end-with-us.ts";
import { keepRunning } from "./keep-running.ts";
import { endLeftoverServer, endServer, signalServer } from "./leftover.ts";
import { startServer } from "./server-process.ts";

export interface EmbeddedPostgresOptions {
  /** The folder that holds the server's files and nothing else; made when missing. */
  readonly dataDir: string;
  /** Default: any that is free. */
  readonly port?: number;
  /** Told when the server crashed and is started again. */
  readonly log?: { info(message: string): void; error(message: string): void };
  /** Settings of postgresql.conf, over those chosen here. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** Of the database `postgres`, as the role that may do everything. */
  readonly url: string;
  readonly port: number;
  /** Another one after the server crashed and was started again. */
  readonly pid: number;
  /** Ends the server in order. */
  stop(): Promise<void>;
}

const settingsOfAll = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "64MB",
  jit: "off",
  log_checkpoints: "off",
  // What people entered stands in statements and in details of errors; it has no place in a log.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
};

const largestLogBytes = 5_000_000;

/**
 * Starts a PostgreSQL of our own, from the binaries that npm brought, on 127.0.0.1. A server that an earlier run left on the same folder is
 * ended first; what a crash left is repaired by PostgreSQL itself. The server is started again when it crashes and ends when we end,
 * unless we are killed at once: then the next start ends it. Two at once on one folder are for the caller to prevent.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const account = accountForServer();
  const binaries = findBinaries({ forOthers: account !== undefined });
  await endLeftoverServer(clusterOf(dataDir), binaries.pgCtl);
  const cluster = prepareCluster(dataDir, binaries, account, options.settings?.fsync === "off");
  shorten(cluster.logFile);

  const launch = { cluster, binaries, account, settings: { ...settingsOfAll, ...options.settings } };
  const place = { cluster: cluster.folder, pgCtl: binaries.pgCtl };
  const first = await startServer({ ...launch, port: options.port });
  const { port } = first;
  const kept = keepRunning(first, () => startServer({ ...launch, port }), options.log);
  const takeBack = endWithUs(() => signalServer(kept.server().pid, "SIGQUIT", place));
  options.log?.info(`PostgreSQL listens on 127.0.0.1:${port}`);

  return {
    url: `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
    port,
    get pid() {
      return kept.server().pid;
    },
    async stop() {
      await kept.stop(({ pid, isRunning }) => endServer(pid, { isRunning, ...place }));
      takeBack();
    },
  };
}

/** Ends the server that an earlier run left on `dataDir`, as a start would, without starting one: before the folder is emptied. */
export async function endLeftoverPostgres(dataDir: string): Promise<void> {
  const cluster = clusterOf(path.resolve(dataDir));
  if (!fs.existsSync(cluster)) return;
  await endLeftoverServer(cluster, findBinaries({ forOthers: false }).pgCtl);
}

const clusterOf = (dataDir: string) => path.join(dataDir, "cluster");

function shorten(logFile: string): void {
  const size = fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLogBytes) fs.truncateSync(logFile);
}
