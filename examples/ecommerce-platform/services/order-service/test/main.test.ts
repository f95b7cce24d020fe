import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { listenAs, openPlatform, type Platform } from "./support/platform.ts";
import { ada } from "./support/shop.ts";

let platform: Platform;
let received: Awaited<ReturnType<typeof listenAs>>;
let running: ChildProcess | undefined;

beforeAll(async () => {
  platform = await openPlatform();
  received = await listenAs(platform.bus, "notification-service");
});
afterEach(() => {
  running?.kill("SIGKILL");
});
afterAll(() => platform.close());

const soon = { timeout: 30_000, interval: 20 };

function run(environment: Record<string, string | undefined>): ChildProcess {
  const process = fork(fileURLToPath(new URL("../src/main.ts", import.meta.url)), {
    execArgv: ["--conditions=source", "--import", "tsx"],
    env: { PATH: globalThis.process.env.PATH, FAULTS: "on", ...environment },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  running = process;
  return process;
}

async function start(): Promise<{ process: ChildProcess; url: string }> {
  const process = run(platform.environment);
  const [ready] = (await once(process, "message")) as [{ kind: string; url: string }];
  return { process, url: ready.url };
}

async function place(url: string, key: string) {
  const response = await fetch(`${url}/api/v1/orders`, {
    method: "POST",
    headers: {
      ...(await platform.auth.bearer(ada)),
      "idempotency-key": key,
      "content-type": "application/json",
    },
    body: JSON.stringify({ items: [{ sku: "TEA-100", quantity: 2 }] }),
  });
  return { status: response.status, json: (await response.json()) as { data: { orderId: string } } };
}

async function list(url: string): Promise<{ orderId: string }[]> {
  const response = await fetch(`${url}/api/v1/orders?limit=100`, {
    headers: await platform.auth.bearer(ada),
  });
  return ((await response.json()) as { data: { orderId: string }[] }).data;
}

describe("the process", () => {
  test("says when it is ready, and ends with 0 on SIGTERM", async () => {
    const { process, url } = await start();
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);

    process.kill("SIGTERM");
    expect(await once(process, "exit")).toEqual([0, null]);
  });

  test("ends with 2 and one line when a variable is missing", async () => {
    const process = run({ ...platform.environment, INVENTORY_URL: undefined });
    let said = "";
    process.stderr?.on("data", (chunk) => {
      said += chunk;
    });

    // `exit` comes before all of what was said has.
    expect(await once(process, "close")).toEqual([2, null]);
    expect(said).toBe("INVENTORY_URL is missing.\n");
  });
});

describe("SC-004: the process is killed while it places an order, and started again", () => {
  test.each([
    ["Failure mode: Crash before the order was stored", "place-order.before-commit", 0],
    ["Failure mode: Crash after the order was stored", "place-order.after-commit", 1],
  ] as const)("%s: killed at %s it left %i, and the same key makes one order that is told", async (_, point, kept) => {
    const key = `ada-${point}`;
    const first = await start();
    const before = await list(first.url);
    first.process.send({ kind: "arm-fault", point: `order-service/${point}`, hit: 1 });
    const died = once(first.process, "exit");

    await expect(place(first.url, key)).rejects.toThrow();
    expect(await died).toEqual([null, "SIGKILL"]);

    const second = await start();
    const left = await list(second.url);
    expect(left.length - before.length).toBe(kept);

    const again = await place(second.url, key);
    expect(again.status).toBe(202);
    const { orderId } = again.json.data;
    if (kept) expect(left[0]?.orderId).toBe(orderId);
    expect(await list(second.url)).toHaveLength(before.length + 1);
    await vi.waitFor(
      () =>
        expect(received.filter(({ data }) => data.orderId === orderId)).toMatchObject([
          { eventType: "order.created" },
        ]),
      soon,
    );
  });
});
