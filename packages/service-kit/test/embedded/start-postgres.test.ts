import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EmbeddedPostgres, freePort, startEmbeddedPostgres } from "../../src/embedded/index.ts";
import { isAlive } from "../../src/embedded/leftover.ts";

let dataDir: string;
const started: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  // As closed to others as the home of a person is.
  dataDir = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "embedded-postgres-test-")), "data");
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  fs.rmSync(path.dirname(dataDir), { recursive: true, force: true });
});

async function start(options: { port?: number } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, ...options });
  started.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: "array" })).rows.flat();
  } finally {
    await client.end();
  }
}

const gone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 20_000 });

async function startInChild(): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const child = fork(path.join(import.meta.dirname, "host.ts"), [dataDir], {
    execArgv: ["--conditions=source", "--import", "tsx"],
  });
  const [message] = await once(child, "message");
  return { child, ...message };
}

describe("an embedded PostgreSQL", () => {
  test("listens on 127.0.0.1 alone, asks for a password, and keeps its files to itself", async () => {
    const server = await start();
    expect(await query(server.url, "SHOW listen_addresses")).toEqual(["127.0.0.1"]);
    expect(await query(server.url, "SHOW unix_socket_directories")).toEqual([""]);
    expect(await query(server.url, "SHOW fsync")).toEqual(["on"]);
    await expect(query(server.url.replace(/:\w+@/, ":guess@"), "SELECT 1")).rejects.toThrow("password");
    expect(fs.statSync(path.join(dataDir, "superuser-password")).mode & 0o077).toBe(0);
    expect(fs.statSync(path.join(dataDir, "cluster")).mode & 0o077).toBe(0);
  });

  test("keeps its data and its password from one start to the next, on another port", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE products AS SELECT 'TEA-100' AS sku");
    await first.stop();
    await gone(first.pid);
    const port = await freePort();
    const second = await start({ port });
    expect(second.port).toBe(port);
    expect(await query(second.url, "SELECT sku FROM products")).toEqual(["TEA-100"]);
  });

  test("sorts and folds letters of all languages alike on every machine", async () => {
    const { url } = await start();
    expect(await query(url, "SELECT lower('ÄDA')")).toEqual(["äda"]);
  });

  test("starts again by itself on the same address when it is killed", async () => {
    const server = await start();
    const killed = server.pid;
    await query(server.url, "CREATE TABLE products AS SELECT 'TEA-100' AS sku");
    process.kill(killed, "SIGKILL");
    await vi.waitFor(
      async () => expect(await query(server.url, "SELECT sku FROM products")).toEqual(["TEA-100"]),
      {
        timeout: 30_000,
      },
    );
    expect(server.pid).not.toBe(killed);
  });

  test("names the port that is taken", async () => {
    const first = await start();
    const other = startEmbeddedPostgres({ dataDir: path.join(dataDir, "../other"), port: first.port });
    await expect(other).rejects.toThrow(`Port ${first.port} of 127.0.0.1 is taken`);
  });

  test("begins anew when it was interrupted while it made its files", async () => {
    fs.mkdirSync(path.join(dataDir, "cluster.draft"), { recursive: true });
    fs.writeFileSync(path.join(dataDir, "cluster.draft", "PG_VERSION"), "18\n");
    expect(await query((await start()).url, "SELECT 1")).toEqual([1]);
  });
});

describe("when the program that started it", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("ends by %s, it ends too", async (signal) => {
    const { child, pid } = await startInChild();
    child.kill(signal);
    const [, endedBy] = await once(child, "exit");
    expect(endedBy).toBe(signal);
    await gone(pid);
  });

  test("is killed, the next start ends it and finds everything that was committed", async () => {
    const { child, url, pid } = await startInChild();
    await query(url, "CREATE TABLE products AS SELECT 'TEA-100' AS sku");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isAlive(pid)).toBe(true);

    const next = await start();
    expect(isAlive(pid)).toBe(false);
    expect(await query(next.url, "SELECT sku FROM products")).toEqual(["TEA-100"]);
  });

  test("is killed together with the server, the next start recovers", async () => {
    const { child, url, pid } = await startInChild();
    await query(url, "CREATE TABLE products AS SELECT 'TEA-100' AS sku");
    child.kill("SIGKILL");
    process.kill(pid, "SIGKILL");
    expect(await query((await start()).url, "SELECT sku FROM products")).toEqual(["TEA-100"]);
  });

  test("left a number that belongs to somebody else by now, that one is spared", async () => {
    await (await start()).stop();
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "postgres"], {
      stdio: "ignore",
    });
    const pidFile = path.join(dataDir, "cluster", "postmaster.pid");
    fs.writeFileSync(pidFile, `${bystander.pid}\n${dataDir}\n0\n5432\n\n127.0.0.1\n`);
    // The server may have to run as somebody else.
    fs.chmodSync(pidFile, 0o666);
    await start();
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    bystander.kill();
  });
});
