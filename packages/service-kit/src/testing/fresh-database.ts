import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the PostgreSQL that all tests share, as the role that may do everything. */
    postgresUrl: string;
  }
}

export interface FreshDatabase {
  /** `postgres://…` of an empty database that nobody else knows. */
  readonly url: string;
  /** Ends whatever still uses it. */
  drop(): Promise<void>;
}

/** Makes a database on the server that vitest's global set-up started, for one test or one file of tests. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
