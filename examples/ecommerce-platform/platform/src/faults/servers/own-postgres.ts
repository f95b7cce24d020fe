import { startEmbeddedPostgres } from "@speckit/service-kit/embedded";
import { Client } from "pg";
import { until, untilBack } from "../until.ts";
import type { OwnServer } from "./own-server.ts";

/** Starts a PostgreSQL of our own. service-kit starts it again by itself when it was killed. */
export async function startOwnPostgres(dataDir: string): Promise<OwnServer> {
  const server = await startEmbeddedPostgres({ dataDir });
  return {
    name: "PostgreSQL",
    url: server.url,
    async kill() {
      const { pid } = server;
      process.kill(pid, "SIGKILL");
      await until(() => !runs(pid));
    },
    async start() {
      await untilBack("PostgreSQL", () => connects(server.url));
    },
    stop: () => server.stop(),
    end() {
      if (runs(server.pid)) process.kill(server.pid, "SIGKILL");
    },
  };
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function connects(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}
