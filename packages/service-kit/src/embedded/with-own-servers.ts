import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Environment, EnvironmentError, optional } from "../service/environment.ts";
import type { RunningService } from "../service/start-service.ts";
import { beginningOf, isAlive } from "./leftover.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { readOr } from "./read-or.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./start-postgres.ts";

type Serve = (environment: Environment) => Promise<RunningService>;

/**
 * Serves with a PostgreSQL of its own where the environment names none, so that a service can be tried on any machine. It keeps data and bus
 * in `.data` below `folder`, and ends with the service. With `NODE_ENV=production` nothing is started: what is missing there stays missing.
 */
export function withOwnServers(serve: Serve, { folder }: { readonly folder: string }): Serve {
  return async (environment) => {
    const isGiven = optional(environment, "DATABASE_URL") !== undefined;
    if (isGiven || environment.NODE_ENV === "production") return serve(environment);
    const release = takeFolder(path.join(folder, ".data"));
    let postgres: EmbeddedPostgres | undefined;
    const stopServers = async () => {
      await postgres?.stop();
      release();
    };
    try {
      postgres = await startEmbeddedPostgres({ dataDir: path.join(folder, ".data", "postgres") });
      const service = await serve({ ...(await variablesFor(postgres.url, environment)), ...environment });
      return { ...service, stop: () => service.stop().finally(stopServers) };
    } catch (error) {
      await stopServers();
      throw error;
    }
  };
}

async function variablesFor(adminUrl: string, environment: Environment): Promise<Environment> {
  const prepare = (database: string, role: string) =>
    // Nobody has to know a password that holds until the next start.
    prepareDatabase(adminUrl, { database, role, password: randomBytes(24).toString("hex") });
  const hasBus = ["AMQP_URL", "BUS_DATABASE_URL"].some((name) => optional(environment, name));
  return {
    DATABASE_URL: await prepare("service_db", "service"),
    ...(!hasBus && { BUS_DATABASE_URL: await prepare("bus_db", "bus") }),
  };
}

/** Marks the folder as ours until the returned function is called. Two servers on one folder would end each other. */
function takeFolder(folder: string): () => void {
  const mark = path.join(folder, "process");
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, ".gitignore"), "*\n");
  const [number, beginning] = readOr(mark, "").split(" ");
  const owner = Number(number);
  // Numbers of processes are given out again.
  const isOwner = beginning === undefined || beginning === beginningOf(owner);
  if (owner !== process.pid && isAlive(owner) && isOwner) {
    throw new EnvironmentError(
      `The service runs already, as process ${owner}. End it, or name a DATABASE_URL for this one.`,
    );
  }
  fs.writeFileSync(mark, `${process.pid} ${beginningOf(process.pid)}`);
  return () => fs.rmSync(mark, { force: true });
}
