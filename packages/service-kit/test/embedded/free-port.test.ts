import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "../../src/embedded/index.ts";

test("ports are such as no connection gets by itself, each another, and a server may take one again and again", async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, freePort));
  expect(new Set(ports).size).toBe(50);
  expect(ports.filter((port) => port < 20_000 || port >= 32_768)).toEqual([]);
  for (let time = 0; time < 3; time++) {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(ports[0], "127.0.0.1", resolve);
    });
    await new Promise((resolve) => server.close(resolve));
  }
});
