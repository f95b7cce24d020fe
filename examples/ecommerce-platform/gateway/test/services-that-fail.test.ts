import type { RequestListener } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { adasToken, type GatewayForTests, startGateway } from "./gateway-for-tests.ts";

let gateway: GatewayForTests;
afterEach(() => gateway.close());

const products = () => fetch(`${gateway.url}/api/v1/products`);

async function problemOf(response: Response) {
  expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json\b/);
  return response.json();
}

describe("a service", () => {
  test.each<{ service: string; answer: RequestListener; status: number }>([
    { service: "that closes the connection", answer: ({ socket }) => socket.destroy(), status: 502 },
    {
      service: "that talks no HTTP",
      answer: ({ socket }) => socket.end("SMTP 220 ready\r\n\r\n"),
      status: 502,
    },
    { service: "that falls silent", answer: () => undefined, status: 504 },
  ])("$service is answered $status", async ({ answer, status }) => {
    gateway = await startGateway({ answer, ...(status === 504 && { timeoutMs: 300 }) });
    const response = await products();
    expect(response.status).toBe(status);
    expect(await problemOf(response)).toMatchObject({ status, instance: "/api/v1/products" });
  });

  test("that answers with an error of its own is believed", async () => {
    gateway = await startGateway({
      answer: (_request, response) => {
        response.writeHead(503, {
          "content-type": "application/problem+json",
          "retry-after": "7",
          connection: "close",
          "x-own": "1",
        });
        response.end('{"status":503,"title":"Service unavailable"}');
      },
    });
    const response = await products();
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("7");
    expect(await problemOf(response)).toMatchObject({ title: "Service unavailable" });
  });

  test("that breaks off in the middle breaks off at the client too, instead of looking complete", async () => {
    gateway = await startGateway({
      answer: (_request, response) => {
        response.write('{"data":[');
        setImmediate(() => response.socket?.destroy());
      },
    });
    const response = await products();
    await expect(response.text()).rejects.toThrow();
  });

  test("that is down is left alone for a moment, and reached again when it is back", async () => {
    let down = true;
    let asked = 0;
    gateway = await startGateway({
      answer: (request, response) => {
        asked++;
        if (down) request.socket.destroy();
        else response.end("{}");
      },
    });
    await expect.poll(async () => (await products()).status).toBe(503);
    const before = asked;
    const refused = await products();
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(await problemOf(refused)).toMatchObject({ status: 503 });
    expect(asked).toBe(before);
    down = false;
    await expect.poll(async () => (await products()).status, { timeout: 30_000 }).toBe(200);
  });

  test("that answers before it has read a large body is heard", async () => {
    gateway = await startGateway({
      answer: (_request, response) => {
        response.writeHead(401, { "content-type": "application/problem+json" });
        response.end('{"status":401}');
      },
    });
    const response = await fetch(`${gateway.url}/api/v1/users/3f0c2a54/avatar`, {
      method: "POST",
      headers: { authorization: `Bearer ${adasToken}`, "content-type": "multipart/form-data; boundary=x" },
      body: new Uint8Array(2 * 1024 * 1024),
    });
    expect(response.status).toBe(401);
  });

  test("is told when the client does not wait for the answer", async () => {
    let told: (() => void) | undefined;
    const gone = new Promise<void>((resolve) => {
      told = resolve;
    });
    const client = new AbortController();
    gateway = await startGateway({
      answer: (_request, response) => {
        response.once("close", () => told?.());
        client.abort();
      },
    });
    await expect(fetch(`${gateway.url}/api/v1/products`, { signal: client.signal })).rejects.toThrow();
    await gone;
  });

  test("answers at the pace of the client: what nobody reads is not piled up", async () => {
    const part = Buffer.alloc(64 * 1024, "x");
    let written = 0;
    let stopped: (() => void) | undefined;
    const slow = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    gateway = await startGateway({
      answer: (_request, response) => {
        const write = () => {
          while (written < 256 * 1024 * 1024) {
            written += part.length;
            if (!response.write(part)) {
              const idle = setTimeout(() => stopped?.(), 500);
              response.once("drain", () => {
                clearTimeout(idle);
                write();
              });
              return;
            }
          }
          response.end();
        };
        write();
      },
    });
    const response = await products();
    await slow;
    expect(written).toBeLessThan(64 * 1024 * 1024);
    await response.body?.cancel();
  });
});
