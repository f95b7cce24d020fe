import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { withOwnServers } from "../../src/embedded/index.ts";
import { type Environment, EnvironmentError, type RunningService } from "../../src/index.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "own-servers-")));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A service that shows the variables it was started with. */
function recorded() {
  const started: Environment[] = [];
  const serve = withOwnServers(
    async (environment): Promise<RunningService> => {
      started.push(environment);
      return { name: "tea-service", url: "", app: {} as FastifyInstance, stop: async () => {} };
    },
    { folder },
  );
  return { started, serve };
}

async function ask(url: string | undefined, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(query);
  await client.end();
  return rows;
}

test.each([
  { given: "a database is named", environment: { DATABASE_URL: "postgres://db/tea" } },
  { given: "it is production", environment: { NODE_ENV: "production" } },
])("when $given, nothing is started and the variables stay as they are", async ({ environment }) => {
  const { started, serve } = recorded();
  await serve(environment);
  expect(started).toEqual([environment]);
  expect(existsSync(join(folder, ".data"))).toBe(false);
});

test("a service brings its own database and bus, which keep what they hold, and ends them with itself", async () => {
  const { started, serve } = recorded();
  const first = await serve({ LOG_LEVEL: "silent" });
  const { DATABASE_URL, BUS_DATABASE_URL, LOG_LEVEL } = started[0] ?? {};
  expect(LOG_LEVEL).toBe("silent");
  await ask(DATABASE_URL, "CREATE TABLE teas AS SELECT 'green' AS name");
  expect(await ask(BUS_DATABASE_URL, "SELECT current_database() AS name")).toEqual([{ name: "bus_db" }]);
  expect(readFileSync(join(folder, ".data/.gitignore"), "utf8")).toBe("*\n");
  await first.stop();
  await expect(ask(DATABASE_URL, "SELECT 1")).rejects.toThrow();

  const second = await serve({ AMQP_URL: "amqp://bus" });
  expect(await ask(started[1]?.DATABASE_URL, "SELECT name FROM teas")).toEqual([{ name: "green" }]);
  expect(started[1]).not.toHaveProperty("BUS_DATABASE_URL");
  await second.stop();
});

test("two at once on one folder are told apart, and one that was killed leaves nothing in the way", async () => {
  const { serve } = recorded();
  const mark = join(folder, ".data/process");
  writeFileSync(mark, String(process.ppid));
  await expect(serve({})).rejects.toThrow(EnvironmentError);
  await expect(serve({})).rejects.toThrow(`The service runs already, as process ${process.ppid}.`);

  // By now the number belongs to another process than the one that was killed.
  writeFileSync(mark, `${process.ppid} before`);
  await (await serve({})).stop();

  // No process has this number: it is larger than any that Linux gives out.
  writeFileSync(mark, "4194305");
  await (await serve({})).stop();
  expect(existsSync(mark)).toBe(false);
});
