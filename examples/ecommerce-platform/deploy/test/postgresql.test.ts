import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@speckit/service-kit/embedded";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { platformRoot, readText } from "./support/platform.ts";
import { has, mustRun } from "./support/programs.ts";

const hasPsql = has("psql", "--version");
const owned = [
  ...readText("deploy/servers/init-postgresql.sh").matchAll(/^make (\w+) (\w+) "\$(\w+)"$/gm),
].map(([, database = "", role = "", passwordName = ""]) => ({ database, role, passwordName }));

describe.skipIf(!hasPsql)(
  hasPsql ? "a new server" : "a new server (psql is missing; Debian has it in postgresql-client)",
  () => {
    const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "shop-init-"));
    let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
    beforeAll(async () => {
      server = await startEmbeddedPostgres({ dataDir });
      const passwords = Object.fromEntries(
        owned.map(({ passwordName, role }) => [passwordName, `of 'the' $role ${role}`]),
      );
      mustRun("sh", [path.join(platformRoot, "deploy/servers/init-postgresql.sh")], {
        env: { ...process.env, ...connection(), ...passwords, POSTGRES_USER: new URL(server.url).username },
      });
    });
    afterAll(async () => {
      await server.stop();
      fs.rmSync(dataDir, { recursive: true, force: true });
    });
    const connection = () => {
      const { hostname, port, password } = new URL(server.url);
      return { PGHOST: hostname, PGPORT: port, PGPASSWORD: password };
    };
    const ask = (role: string, database: string, statement: string) =>
      mustRun(
        "psql",
        [
          "--no-psqlrc",
          "--tuples-only",
          "--no-align",
          `--username=${role}`,
          `--dbname=${database}`,
          `--command=${statement}`,
        ],
        {
          env: { ...process.env, ...connection(), PGPASSWORD: `of 'the' $role ${role}` },
        },
      ).trim();

    test("has a database and a role for each service that keeps data", () => {
      expect(owned.map(({ database }) => database)).toEqual([
        "auth_db",
        "inventory_db",
        "notification_db",
        "order_db",
        "user_db",
      ]);
    });

    test.each(owned)("$role keeps its data in $database", ({ database, role }) => {
      expect(ask(role, database, "CREATE TABLE things (id int); SELECT count(*) FROM things")).toContain("0");
    });

    test.each(owned)("$role opens no other database and makes none", ({ database, role }) => {
      for (const other of [...owned.map((each) => each.database), "postgres"].filter(
        (name) => name !== database,
      )) {
        expect(() => ask(role, other, "SELECT 1"), other).toThrow(/permission denied for database/);
      }
      expect(() => ask(role, database, "CREATE DATABASE more")).toThrow(
        /permission denied to create database/,
      );
    });
  },
);
