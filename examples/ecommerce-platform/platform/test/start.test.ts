import fs from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import type {} from "@speckit/service-kit/testing";
import { afterAll, afterEach, describe, expect, inject, test, vi } from "vitest";
import { removeShop } from "../src/index.ts";
import { becomeCustomer, mailArrives } from "./customer.ts";
import { descendantsOf, killAll, runProgram, runs, type ShopProgram } from "./shop-program.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-program-"));
let programs: ShopProgram[] = [];
afterEach(async () => {
  for (const { child } of programs) child.kill("SIGTERM");
  for (const program of programs) await program.ended();
  programs = [];
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function start(dataDir: string, ...more: string[]): ShopProgram {
  const program = runProgram("start", ["--data", dataDir, "--port", "0", "--mail-port", "0", ...more]);
  programs.push(program);
  return program;
}

const locks = (dataDir: string) =>
  ["platform.lock", "platform.json", "postgres/cluster/postmaster.pid"].filter((name) =>
    fs.existsSync(path.join(dataDir, name)),
  );

describe.each([
  { mode: "in one process", options: [], signals: ["SIGINT", "SIGTERM"] as const },
  { mode: "in a process for each service", options: ["--processes"], signals: ["SIGINT"] as const },
])("the shop $mode", { timeout: 240_000 }, ({ options, signals }) => {
  const dataDir = path.join(folder, `data${options.join("")}`);

  test.each(signals)("on %s finishes and leaves no process and no lock", async (signal) => {
    const shop = start(dataDir, ...options);
    const { url } = await shop.opened();
    expect((await fetch(`${url}/api/v1/products`)).status).toBe(200);
    const processes = descendantsOf(shop.child.pid);
    expect(processes.length).toBeGreaterThanOrEqual(options.length === 0 ? 1 : 7);
    shop.child.kill(signal);
    expect(await shop.ended()).toBe(0);
    expect(processes.filter(runs)).toEqual([]);
    expect(locks(dataDir)).toEqual([]);
  });

  test("on a second Ctrl-C ends at once, and leaves no process and no lock either", async () => {
    const shop = start(dataDir, ...options);
    await shop.opened();
    const processes = descendantsOf(shop.child.pid);
    shop.child.kill("SIGINT");
    shop.child.kill("SIGINT");
    expect([0, 130]).toContain(await shop.ended());
    await vi.waitFor(() => expect(processes.filter(runs)).toEqual([]), { timeout: 30_000 });
    expect(locks(dataDir).filter((name) => name.startsWith("platform"))).toEqual([]);
  });

  test("killed with everything it started recovers, and what it had accepted settles", async () => {
    const killed = start(dataDir, ...options);
    const { url } = await killed.opened();
    const ada = await becomeCustomer(url);
    const order = await ada.order([{ sku: "TEA-100", quantity: 1 }]);
    killAll([killed.child.pid, ...descendantsOf(killed.child.pid)]);
    expect(await killed.ended()).toBe("SIGKILL");

    const next = await start(dataDir, ...options).opened();
    await mailArrives(next.inboxUrl, ada.email, `Order ${order} confirmed`);
  });

  test("killed alone is followed by one that ends what was left", async () => {
    const killed = start(dataDir, ...options);
    await killed.opened();
    const left = descendantsOf(killed.child.pid);
    killed.child.kill("SIGKILL");
    await killed.ended();
    await start(dataDir, ...options).opened();
    await vi.waitFor(() => expect(left.filter(runs)).toEqual([]), { timeout: 20_000 });
  });
});

describe("a shop that cannot open says why", () => {
  test("when another has its folder", async () => {
    const dataDir = path.join(folder, "shared");
    const first = start(dataDir);
    await first.opened();
    const second = start(dataDir);
    expect(await second.ended()).toBe(2);
    expect(second.said()).toContain(`Another platform (process ${first.child.pid}) works on ${dataDir}.`);
    expect(runs(first.child.pid ?? 0)).toBe(true);
  });

  test.each(["--port", "--mail-port"])("when %s is taken", async (option) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    const shop = start(path.join(folder, "taken"), option, `${port}`);
    expect(await shop.ended()).toBe(2);
    expect(shop.said()).toContain(`Port ${port} is used by another program. Choose another with ${option}`);
    await new Promise((resolve) => taken.close(resolve));
  });

  test("when an option is unknown", async () => {
    const shop = start(path.join(folder, "unknown"), "--prot");
    expect(await shop.ended()).toBe(2);
    expect(shop.said()).toContain("--help lists the options");
  });

  test("when the server that it is told of does not answer", async () => {
    const dataDir = path.join(folder, "nobody");
    const shop = runProgram("start", ["--data", dataDir, "--port", "0", "--mail-port", "0"], {
      DATABASE_URL: "postgres://shop:teapot-secret@127.0.0.1:1/postgres",
    });
    programs.push(shop);
    expect(await shop.ended()).toBe(1);
    expect(shop.said()).toContain("DATABASE_URL names a server at 127.0.0.1:1 that does not answer");
    expect(shop.said()).not.toContain("teapot-secret");
  });
});

test("shows the administrator's password only while it is the right one", { timeout: 120_000 }, async () => {
  const environment = { DATABASE_URL: inject("postgresUrl"), PLATFORM_PREFIX: "two_folders_" };
  const screenOf = async (name: string) => {
    const ports = ["--port", "0", "--mail-port", "0"];
    const shop = runProgram("start", ["--data", path.join(folder, name), ...ports], environment);
    programs.push(shop);
    await shop.opened();
    shop.child.kill("SIGTERM");
    await shop.ended();
    return shop.said();
  };
  try {
    expect(await screenOf("first")).toMatch(/administrator +admin@example.com {2}\S{16}\n/);
    const another = await screenOf("another");
    expect(another).toMatch(/administrator +admin@example.com\n/);
    expect(another).toContain("ADMIN_EMAIL=you@example.com npm run platform");
    expect(await screenOf("first")).toMatch(/administrator +admin@example.com {2}\S{16}\n/);
  } finally {
    await removeShop(environment);
  }
});

test("Ctrl-C while the shop is still opening closes what is open", async () => {
  const dataDir = path.join(folder, "early");
  const shop = start(dataDir);
  await vi.waitFor(() => expect(shop.said()).toContain("services"), { timeout: 60_000, interval: 20 });
  const processes = descendantsOf(shop.child.pid);
  shop.child.kill("SIGINT");
  expect(await shop.ended()).toBe(0);
  expect(processes.filter(runs)).toEqual([]);
  expect(locks(dataDir)).toEqual([]);
});

test("Ctrl-C twice while the shop is still opening leaves nothing behind", async () => {
  const dataDir = path.join(folder, "impatient");
  const shop = start(dataDir, "--processes");
  await vi.waitFor(() => expect(descendantsOf(shop.child.pid).length).toBeGreaterThan(6), {
    timeout: 60_000,
    interval: 20,
  });
  const processes = descendantsOf(shop.child.pid);
  shop.child.kill("SIGINT");
  shop.child.kill("SIGINT");
  expect([0, 130]).toContain(await shop.ended());
  await vi.waitFor(() => expect(processes.filter(runs)).toEqual([]), { timeout: 30_000 });
  expect(locks(dataDir).filter((name) => name.startsWith("platform"))).toEqual([]);
});

test("Ctrl-C while dead letters are looked for leaves no lock", async () => {
  const dataDir = path.join(folder, "letters-interrupted");
  const shop = start(dataDir);
  await shop.opened();
  shop.child.kill("SIGTERM");
  await shop.ended();
  const program = runProgram("dlq", ["list", "--data", dataDir]);
  await vi.waitFor(() => expect(locks(dataDir)).toContain("platform.lock"), {
    timeout: 60_000,
    interval: 5,
  });
  program.child.kill("SIGINT");
  expect([0, 130]).toContain(await program.ended());
  expect(locks(dataDir)).not.toContain("platform.lock");
});

test("dead letters are asked for by a program of their own", async () => {
  const dataDir = path.join(folder, "letters");
  await start(dataDir).opened();
  const ask = (...args: string[]) => {
    const program = runProgram("dlq", [...args, "--data", dataDir]);
    return program.ended().then((code) => `${code}: ${program.said().split("\n")[0]}`);
  };
  expect(await ask("list")).toBe("0: No dead letters.");
  expect(await ask("replay", "--all")).toBe("0: No dead letters.");
  expect(await ask("show", "e9")).toBe("1: There is no dead letter e9. `list` shows them.");
  expect(await ask("delete")).toMatch(/^2: /);
});
