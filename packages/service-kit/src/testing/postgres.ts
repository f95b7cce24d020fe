import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { endLeftoverPostgres, startEmbeddedPostgres } from "../embedded/index.ts";

const prefix = "postgres-for-tests-";

// Nothing here has to outlive a loss of power.
const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "500" };

/** For `globalSetup` of vitest: starts one PostgreSQL for all tests of a run. Each test file makes databases of its own on it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  const server = await startEmbeddedPostgres({ dataDir, settings });
  provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A run that was killed could not clean up; its number in the folder's name tells that nobody uses it any more. */
async function removeLeftovers(): Promise<void> {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(pid) || isAlive(pid)) continue;
    const dataDir = path.join(os.tmpdir(), name);
    await endLeftoverPostgres(dataDir);
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
