import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below what Linux, macOS and Windows give to connections that go out (32768, 49152): such a connection would have the port for as long as it
 * lives, and a server that was killed could not come back to its address.
 */
const [lowest, beyond] = [20_000, 32_768];
const attempts = 100;
const given = new Set<number>();

/**
 * A TCP port of 127.0.0.1 that nobody listens on at this moment, and that no call before got as long as there are such; a process may take it
 * before you do.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = randomInt(lowest, beyond);
    if (given.has(port) || (await listenAt(port)) === undefined) continue;
    given.add(port);
    return port;
  }
  const any = await listenAt(0);
  if (any === undefined) throw new Error("Nobody can listen on 127.0.0.1.");
  return any;
}

/** Listens for a moment, and gives the port; undefined when that cannot be. */
function listenAt(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}
