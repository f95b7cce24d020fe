import { fileURLToPath } from "node:url";
import { createOutbox, type Database, openDatabase, readEventContracts } from "@speckit/service-kit";
import { collectEvents, freshDatabase, silentLog, testMetrics } from "@speckit/service-kit/testing";
import type { Dependencies } from "../../src/app.ts";
import { migrations, type UserTables } from "../../src/store/migrations.ts";

export const contracts = readEventContracts(fileURLToPath(new URL("../../../..", import.meta.url)));

export const ada = { userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60", email: "ada@example.com" };
export const grace = { userId: "91b6d0f2-5c3e-4a7d-8f1b-2e4c6a8d0b13", email: "grace@example.com" };

export const adasNames = { firstName: "Ada", lastName: "Lovelace", email: "ada@example.org" };
export const otherNames = { firstName: "Augusta", lastName: "King", email: "augusta@example.org" };

/** The tables of user-service in a database of its own, and a clock that stands until it is moved. */
export interface Users extends Dependencies {
  readonly url: string;
  readonly database: Database<UserTables>;
  advance(ms: number): void;
  /** What waits in the outbox. */
  told(): Promise<{ type: string; data: Record<string, unknown> }[]>;
  /** Everything that is stored, as text. */
  everything(): Promise<string>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

export async function openUsers(): Promise<Users> {
  const { url, drop } = await freshDatabase();
  const database = await openDatabase<UserTables>({
    url,
    service: "user-service",
    migrations,
    log: silentLog(),
    metrics: testMetrics(),
  });
  let now = new Date("2026-11-23T09:00:00Z");
  const clock = () => now;
  return {
    url,
    database,
    clock,
    outbox: createOutbox({ contracts, service: "user-service", clock }),
    advance(ms) {
      now = new Date(now.getTime() + ms);
    },
    async told() {
      const events = await collectEvents(database);
      return events.map(({ eventType, data }) => ({ type: eventType, data }));
    },
    async everything() {
      const { rows } = await database.pool.query(
        "SELECT to_jsonb(profiles) AS row FROM profiles UNION ALL SELECT to_jsonb(avatars) FROM avatars",
      );
      return JSON.stringify(rows);
    },
    async empty() {
      await database.pool.query("TRUNCATE profiles, avatars, outbox");
    },
    async close() {
      await database.close();
      await drop();
    },
  };
}
