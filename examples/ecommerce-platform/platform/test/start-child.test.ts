import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ShopProcess } from "../src/shop-process.ts";
import { startChild } from "../src/start-child.ts";

const fake = path.join(import.meta.dirname, "fake-service", "service.ts");
const plan = {
  name: "fake-service",
  packageName: fake,
  database: undefined,
  calls: [],
  load: () => import("./fake-service/service.ts"),
};

let folder: string;
let running: ShopProcess[];
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "shop-child-"));
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const logFile = () => path.join(folder, "fake-service.log");
const log = () => fs.readFileSync(logFile(), "utf8");

async function start(environment: Record<string, string> = {}): Promise<ShopProcess> {
  const service = await startChild({
    plan: plan as never,
    environment: { PATH: process.env.PATH, FAULTS: "on", ...environment },
    logFile: logFile(),
  });
  running.push(service);
  return service;
}

const ask = async ({ url }: ShopProcess, path = "/") => Number(await (await fetch(`${url}${path}`)).text());

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("a service in a process of its own", () => {
  test("runs there, and writes its log to a file", async () => {
    const service = await start();
    expect(await ask(service)).toBe(service.pid);
    expect(service.pid).not.toBe(process.pid);
    expect(log()).toContain('{"msg":"started"}');
  });

  test("ends when it is told to, and is not started again", async () => {
    const service = await start();
    const pid = await ask(service);
    await service.stop();
    expect(runs(pid)).toBe(false);
    await expect(ask(service)).rejects.toThrow();
  });

  test("that does not start says why", async () => {
    await expect(start({ BROKEN: "on" })).rejects.toThrow(
      "fake-service did not start. AUTH_SECRET is missing.",
    );
  });

  test.each<{ how: string; crash(service: ShopProcess): unknown }>([
    { how: "crashes", crash: (service) => ask(service, "/die").catch(() => undefined) },
    { how: "is killed", crash: (service) => service.kill() },
    {
      how: "meets a fault point that is armed",
      async crash(service) {
        service.arm("fake-service/point", 2);
        await ask(service, "/pass");
        await ask(service, "/pass").catch(() => undefined);
      },
    },
  ])("that $how is started again at its address", async ({ crash }) => {
    const service = await start();
    const pid = await ask(service);
    await crash(service);
    await vi.waitFor(async () => expect(await ask(service)).not.toBe(pid), {
      timeout: 30_000,
      interval: 100,
    });
    expect(service.restarts).toBe(1);
    expect(service.pid).not.toBe(pid);
  });

  test("that crashes while it is being stopped stays where it is", async () => {
    const service = await start();
    service.kill();
    await service.stop();
    expect(service.restarts).toBe(0);
  });

  test("that cannot finish is ended", async () => {
    const service = await start({ STUCK: "on" });
    const pid = await ask(service);
    await service.stop();
    expect(runs(pid)).toBe(false);
  });

  test("ends at once when there is no time", async () => {
    const service = await start({ STUCK: "on" });
    const pid = await ask(service);
    service.end();
    await vi.waitFor(() => expect(runs(pid)).toBe(false), { timeout: 30_000 });
    await service.stop();
  });
});
