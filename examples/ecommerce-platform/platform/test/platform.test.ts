import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type {} from "@speckit/service-kit/testing";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { DataFolderInUse, type Platform, removeShop, startPlatform } from "../src/index.ts";
import { openShopBus } from "../src/open-shop-bus.ts";
import type { Secrets } from "../src/secrets.ts";
import { becomeCustomer, mailArrives } from "./customer.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-platform-"));
const dataDir = path.join(folder, "data");
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const open = (options: Partial<Parameters<typeof startPlatform>[0]> = {}) =>
  startPlatform({ dataDir, port: 0, mailPort: 0, environment: { LOG_LEVEL: "info" }, ...options });

describe("a shop in one process, on servers of its own", () => {
  let shop: Platform;
  beforeAll(async () => {
    shop = await open();
  }, 120_000);
  afterAll(() => shop.stop());

  test("takes an order, and writes to the customer", async () => {
    const ada = await becomeCustomer(shop.url);
    const order = await ada.order([{ sku: "TEA-100", quantity: 2 }]);
    await ada.sees(order, "confirmed");
    await mailArrives(shop.inbox?.url ?? "", ada.email, `Order ${order} confirmed`);
  });

  test("rejects what is not in stock", async () => {
    const ada = await becomeCustomer(shop.url);
    const order = await ada.order([{ sku: "MUG-001", quantity: 6 }]);
    await ada.sees(order, "rejected");
    await mailArrives(shop.inbox?.url ?? "", ada.email, `Order ${order} rejected`);
  });

  test("lets the administrator in", async () => {
    const response = await fetch(`${shop.url}/api/v1/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(shop.administrator),
    });
    expect(response.status).toBe(200);
  });

  test("keeps every database from all services but its own", async () => {
    const urls = [...shop.servers.databaseUrls.values(), shop.servers.busUrl];
    expect(new Set(urls).size).toBe(6);
    const doors = urls.flatMap((mine) =>
      urls.filter((other) => other !== mine).map((other) => new URL(new URL(other).pathname, mine).href),
    );
    const outcomes = await Promise.all(doors.map((url) => connectionTo(url)));
    expect(outcomes.filter((outcome) => !outcome.includes("permission denied for database"))).toEqual([]);
    expect(await Promise.all(urls.map((url) => connectionTo(url)))).toEqual(urls.map(() => "open"));
  });

  test("has its folder for itself", async () => {
    await expect(open()).rejects.toThrow(DataFolderInUse);
    expect((await fetch(`${shop.url}/api/v1/products`)).status).toBe(200);
  });

  test("shows its dead letters while it runs", async () => {
    const { bus, close } = await openShopBus(dataDir, {});
    expect(await bus.deadLetters.list()).toEqual([]);
    expect((await bus.depths()).map(({ consumer }) => consumer).sort()).toContain("inventory-service");
    await close();
  });

  test("answers probes and shows metrics of the gateway where clients do not come", async () => {
    const ready = await fetch(`${shop.statusUrl}/health`);
    expect(await ready.json()).toMatchObject({
      data: { status: "up", checks: { "order-service": { status: "up" } } },
    });
    expect(await (await fetch(`${shop.statusUrl}/metrics`)).text()).toContain(
      "http_server_request_duration_seconds",
    );
    expect((await fetch(`${shop.url}/metrics`)).status).toBe(404);
  });

  test("writes no password, token, or address into its logs", async () => {
    const ada = await becomeCustomer(shop.url);
    await ada.sees(await ada.order([{ sku: "TEA-100", quantity: 1 }]), "confirmed");
    const logs = fs
      .readdirSync(shop.logDir)
      .map((name) => fs.readFileSync(path.join(shop.logDir, name), "utf8"))
      .join("");
    const server = fs.readFileSync(path.join(dataDir, "postgres", "server.log"), "utf8");
    const { databasePasswords, ...secrets }: Secrets = JSON.parse(
      fs.readFileSync(path.join(dataDir, "secrets.json"), "utf8"),
    );
    const texts = [
      ada.email,
      "correct horse",
      "eyJ",
      ...Object.values(secrets),
      ...Object.values(databasePasswords),
    ];
    expect(logs).toContain('"operation":"placeOrder"');
    expect(texts.filter((text) => `${logs}${server}`.includes(text))).toEqual([]);
  });

  test("keeps what it has over a restart, and shows dead letters while it is closed", async () => {
    const { administrator } = shop;
    const ada = await becomeCustomer(shop.url);
    const order = await ada.order([{ sku: "TEA-100", quantity: 1 }]);
    await ada.sees(order, "confirmed");
    await shop.stop();
    expect(fs.readdirSync(dataDir).sort()).toEqual(["logs", "mails", "postgres", "secrets.json"]);

    const { bus, close } = await openShopBus(dataDir, {});
    expect(await bus.deadLetters.list()).toEqual([]);
    await close();
    expect(fs.existsSync(path.join(dataDir, "platform.lock"))).toBe(false);

    shop = await open();
    expect(shop.administrator).toEqual(administrator);
    await mailArrives(shop.inbox?.url ?? "", ada.email, `Order ${order} confirmed`);
  });

  test("forgets everything when it is opened fresh", async () => {
    const { password } = shop.administrator;
    await shop.stop();
    shop = await open({ fresh: true });
    expect(shop.administrator.password).not.toBe(password);
    const { messages } = (await (await fetch(`${shop.inbox?.url}/api/v1/messages`)).json()) as {
      messages: unknown[];
    };
    expect(messages).toEqual([]);
    const { data } = (await (await fetch(`${shop.url}/api/v1/products`)).json()) as {
      data: { sku: string; available: number }[];
    };
    expect(data.map(({ sku, available }) => [sku, available])).toEqual([
      ["MUG-001", 5],
      ["TEA-100", 1000],
    ]);
  });
});

describe("a start that does not succeed", () => {
  test("leaves nothing running, and its folder free", async () => {
    const place = path.join(folder, "broken");
    const start = open({ dataDir: place, environment: { AUTH_SECRET: "short" } });
    await expect(start).rejects.toThrow("AUTH_SECRET");
    expect(fs.existsSync(path.join(place, "platform.lock"))).toBe(false);
    expect(fs.existsSync(path.join(place, "postgres", "cluster", "postmaster.pid"))).toBe(false);
  });

  test("ends when it is interrupted", async () => {
    const place = path.join(folder, "interrupted");
    const interruption = new AbortController();
    const start = open({
      dataDir: place,
      signal: interruption.signal,
      onProgress: (step) => step === "services" && interruption.abort(new Error("enough")),
    });
    await expect(start).rejects.toThrow("enough");
    expect(fs.existsSync(path.join(place, "platform.lock"))).toBe(false);
  });
});

describe("two shops at once on one server, each service in a process", () => {
  const shopOn = (prefix: string) => ({ DATABASE_URL: inject("postgresUrl"), PLATFORM_PREFIX: prefix });
  const prefixes = ["tea_", "mug_"] as const;
  let shops: Platform[];
  beforeAll(async () => {
    shops = await Promise.all(
      prefixes.map((prefix) =>
        open({
          dataDir: path.join(folder, prefix),
          environment: shopOn(prefix),
          processes: true,
          faults: true,
        }),
      ),
    );
  }, 240_000);
  afterAll(async () => {
    await Promise.all(shops.map((shop) => shop.stop()));
    for (const prefix of prefixes) await removeShop(shopOn(prefix));
    expect(await databasesOf(prefixes)).toEqual([]);
  }, 120_000);

  test("know nothing of each other", async () => {
    const [tea, mug] = shops;
    const ada = await becomeCustomer(tea?.url ?? "");
    const order = await ada.order([{ sku: "TEA-100", quantity: 7 }]);
    await ada.sees(order, "confirmed");
    expect(await stockOf(tea)).toBe(993);
    expect(await stockOf(mug)).toBe(1000);
  });

  test("get over the death of a service in the middle of an order", async () => {
    const [shop] = shops;
    const inventory = shop?.services.get("inventory-service");
    const ada = await becomeCustomer(shop?.url ?? "");
    inventory?.arm("inventory-service/consumer.order.created.before-commit");
    const order = await ada.order([{ sku: "TEA-100", quantity: 1 }]);
    await ada.sees(order, "confirmed");
    expect(inventory?.restarts).toBe(1);
  });
});

async function stockOf(shop: Platform | undefined): Promise<number> {
  const response = await fetch(`${shop?.url}/api/v1/products/TEA-100`);
  return ((await response.json()) as { data: { available: number } }).data.available;
}

async function connectionTo(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return "open";
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function databasesOf(prefixes: readonly string[]): Promise<string[]> {
  const client = new Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  const { rows } = await client.query("SELECT datname FROM pg_database UNION SELECT rolname FROM pg_roles");
  await client.end();
  return rows
    .map(({ datname }) => datname)
    .filter((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}
