import { createServer } from "node:net";

/** A port that the platform needs is somebody else's. */
export class PortInUse extends Error {
  override readonly name = "PortInUse";
}

/** Throws `PortInUse`, which names the option that chooses another, unless `port` of 127.0.0.1 is free. */
export async function refuseTakenPort(port: number, option: string): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "EACCES" ? "may not be used by this user" : "is used by another program";
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    throw new PortInUse(
      `Port ${port} ${reason}. Choose another with ${option}, such as ${option} ${port + 10_000}.`,
    );
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
