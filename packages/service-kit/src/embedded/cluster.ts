import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** The files of one embedded server. */
export interface Cluster {
  /** PostgreSQL's own data folder. */
  readonly folder: string;
  /** How the server is told about it. */
  readonly folderForServer: string;
  readonly logFile: string;
  /** Of the role `postgres`, which may do everything. */
  readonly password: string;
}

/** Prepares the files of a server below `dataDir`; what is there already is kept. */
export function prepareCluster(
  dataDir: string,
  { initdb }: Binaries,
  account: Account | undefined,
  mayLose = false,
): Cluster {
  const folder = path.join(dataDir, "cluster");
  const passwordFile = path.join(dataDir, "superuser-password");
  makeFolder(dataDir, account);
  if (!fs.existsSync(folder)) initialise({ dataDir, folder, passwordFile, initdb, account, mayLose });
  return {
    folder,
    folderForServer: folderFor(account, folder),
    logFile: path.join(dataDir, "server.log"),
    password: fs.readFileSync(passwordFile, "utf8"),
  };
}

/**
 * The name under which a server that was started inside `folder` finds it. Another account than ours may be unable to walk there, since
 * folders of people are often closed to others; where the process already stands, it may stay.
 */
function folderFor(account: Account | undefined, folder: string): string {
  return account && process.platform === "linux" ? "/proc/self/cwd" : folder;
}

interface Initialisation {
  readonly dataDir: string;
  readonly folder: string;
  readonly passwordFile: string;
  readonly initdb: string;
  /** Nothing in it has to outlive a loss of power. */
  readonly mayLose: boolean;
  readonly account: Account | undefined;
}

// Made aside and moved into place when complete, so that being killed meanwhile leaves nothing that looks like a cluster.
function initialise({ dataDir, folder, passwordFile, initdb, account, mayLose }: Initialisation): void {
  const draft = path.join(dataDir, "cluster.draft");
  fs.rmSync(draft, { recursive: true, force: true });
  makeFolder(draft, account);
  fs.rmSync(passwordFile, { force: true });
  fs.writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  if (account) fs.chownSync(passwordFile, account.uid, account.gid);
  const made = spawnSync(
    initdb,
    [
      `--pgdata=${folderFor(account, draft)}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      "--pwfile=../superuser-password",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(mayLose ? ["--no-sync"] : []),
    ],
    { cwd: draft, encoding: "utf8", env: environmentOfServer(), ...account },
  );
  if (made.error) throw made.error;
  if (made.status !== 0) throw new Error(`initdb could not make ${draft}: ${made.stderr || made.stdout}`);
  fs.renameSync(draft, folder);
}

/** PostgreSQL reads variables that lead elsewhere (PGDATA, PGPORT, …), and its messages are recognised in English. */
export function environmentOfServer(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}

function makeFolder(folder: string, account: Account | undefined): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) fs.chownSync(folder, account.uid, account.gid);
}
