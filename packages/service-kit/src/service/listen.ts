import type { FastifyInstance } from "fastify";
import type { Closers } from "./closers.ts";
import { EnvironmentError } from "./environment.ts";
import type { Settings } from "./settings.ts";

/** Requests that were begun may take as long; then their connections are cut, so that the service ends within 10 seconds. */
const graceMs = 5000;
const sweepMs = 50;

/** Accepts requests; resolves to the address. Throws `EnvironmentError` when the port is not to be had. */
export async function listen(
  app: FastifyInstance,
  { host, port }: Pick<Settings, "host" | "port">,
  closers: Closers,
): Promise<string> {
  closers.add("the server", async () => {
    // A connection whose last request was answered after `close` began would stay open, in case of another.
    const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMs);
    const cut = setTimeout(() => app.server.closeAllConnections(), graceMs);
    await app.close().finally(() => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
  });
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: "somebody else listens there",
      EADDRNOTAVAIL: "this machine has no such address",
      EACCES: "this user may not listen there",
    };
    if (code === undefined || !reasons[code]) throw error;
    throw new EnvironmentError(`PORT ${port} on HOST ${host} cannot be had: ${reasons[code]}.`);
  }
}
