import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@speckit/service-kit/embedded";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  descendantsOf,
  killAll,
  runProgram,
  runs,
  type ShopProgram,
} from "../../platform/test/shop-program.ts";
import { hammering } from "./attacks/hammering.ts";
import { mailArrives, mailsTo } from "./support/inbox.ts";
import { freshFolder } from "./support/open-shop.ts";
import { loggedIn, newCustomer, somebody } from "./support/person.ts";
import { missingServers, ownServers, type Place, realServers } from "./support/place.ts";

const missing = await missingServers();

/** A program that has said where the shop is. */
interface OpenShop {
  readonly program: ShopProgram;
  readonly url: string;
  readonly inboxUrl: string;
}

async function start(dataDir: string, place: Place, ...more: string[]): Promise<OpenShop> {
  const args = ["--data", dataDir, "--mail-port", "0", ...more];
  const program = runProgram("start", args, place.environment);
  const addressAfter = (label: string) =>
    new RegExp(`${label} +(http://\\S+)`).exec(program.said())?.[1] ?? "";
  const opened = vi.waitFor(() => expect(program.said()).toContain("Ctrl-C closes the shop"), {
    timeout: 120_000,
    interval: 50,
  });
  const over = program.ended().then((outcome) => Promise.reject(new Error(`${outcome}: ${program.said()}`)));
  over.catch(() => undefined);
  await Promise.race([opened, over]);
  return { program, url: addressAfter("gateway"), inboxUrl: addressAfter("mail inbox") };
}

async function stock(url: string, sku: string): Promise<number> {
  const { data } = await somebody(url).asks<{ available: number }>(`/api/v1/products/${sku}`);
  return data.available;
}

/** One shop after the other, each test going on where the one before stopped. */
function crashAndRestart(place: Place, ...options: string[]): void {
  const folder = freshFolder();
  let shop: OpenShop;
  const open = async (port = 0) => {
    shop = await start(await folder, place, "--port", `${port}`, ...options);
  };
  beforeAll(() => open(), 180_000);
  afterAll(async () => {
    shop.program.child.kill("SIGTERM");
    await shop.program.ended();
    await place.leave();
    fs.rmSync(await folder, { recursive: true, force: true });
  }, 60_000);

  test("says where it is and who administrates it", async () => {
    const [, email = "", password = ""] = /administrator +(\S+@\S+) +(\S+)/.exec(shop.program.said()) ?? [];
    const administrator = await loggedIn(somebody(shop.url, { email, password }));
    expect((await administrator.does("/api/v1/reservations")).status).toBe(200);
    expect(await stock(shop.url, "TEA-100")).toBe(1000);
    expect(await stock(shop.url, "MUG-001")).toBe(5);
  });

  test("killed in the middle of orders it opens again, when all of it is ready, and settles each of them once", async () => {
    const ada = await newCustomer(shop.url);
    const orders = await Promise.all(
      Array.from({ length: 20 }, () => ada.orders([{ sku: "TEA-100", quantity: 2 }])),
    );
    killAll([...descendantsOf(shop.program.child.pid), shop.program.child.pid]);
    expect(await shop.program.ended()).toBe("SIGKILL");

    const port = await freePort();
    const visitor = impatientVisitor(`http://127.0.0.1:${port}`);
    await open(port);
    expect(await visitor.leave()).toEqual(new Set([200]));
    const { url, inboxUrl } = shop;
    for (const order of orders) await mailArrives(inboxUrl, ada.email, `Order ${order} confirmed`);
    const same = await loggedIn(somebody(url, ada));
    const { data } = await same.does<{ orderId: string; status: string }[]>("/api/v1/orders?limit=100");
    expect(data.map(({ orderId }) => orderId).sort()).toEqual([...orders].sort());
    expect(new Set(data.map(({ status }) => status))).toEqual(new Set(["confirmed"]));
    expect(await stock(url, "TEA-100")).toBe(1000 - 40);
    const subjects = (await mailsTo(inboxUrl, ada.email)).map(({ Subject }) => Subject);
    expect(subjects.sort()).toEqual(orders.map((order) => `Order ${order} confirmed`).sort());
  });

  hammering(() => shop);

  if (!options.includes("--processes")) {
    test("takes 400 MB at most", () => {
      expect(kilobytesOf(shop.program.child.pid)).toBeLessThan(400_000);
    });
  }

  test("ends on Ctrl-C, and leaves no process and no lock", async () => {
    const { child } = shop.program;
    const processes = descendantsOf(child.pid);
    child.kill("SIGINT");
    expect(await shop.program.ended()).toBe(0);
    expect(processes.filter(runs)).toEqual([]);
    for (const lock of ["platform.lock", "platform.json", "postgres/cluster/postmaster.pid"])
      expect(fs.existsSync(path.join(await folder, lock))).toBe(false);
  });
}

/** Asks again and again, from before the shop opens, for something that needs two services; gives the statuses of the answers. */
function impatientVisitor(url: string): { leave(): Promise<Set<number>> } {
  const statuses = new Set<number>();
  let stays = true;
  const visit = async () => {
    while (stays || statuses.size === 0) {
      for (const path of ["/api/v1/products", "/api/v1/auth/jwks"]) {
        const status = await fetch(`${url}${path}`).then(
          (answer) => answer.status,
          () => undefined,
        );
        if (status !== undefined) statuses.add(status);
      }
      await pause(10);
    }
    return statuses;
  };
  const visits = visit();
  return {
    leave() {
      stays = false;
      return visits;
    },
  };
}

/** What a process has in memory. */
function kilobytesOf(pid = 0): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", `${pid}`], { encoding: "utf8" }));
}

describe("a shop in one process, on servers of its own", () => {
  crashAndRestart(ownServers);
});

if (missing.length === 0)
  describe("a shop in a process for each service, on PostgreSQL, RabbitMQ and Redis", () =>
    crashAndRestart(realServers(), "--processes"));
else describe.skip("a shop on real servers", () => test(`needs ${missing.join(", ")}`, () => undefined));
