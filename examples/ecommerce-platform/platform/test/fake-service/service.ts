import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { faultPoint } from "@speckit/service-kit";

/** Tells its process, dies when asked to, and passes a fault point when it is asked for it. */
export async function serve(environment: Record<string, string | undefined>) {
  if (environment.BROKEN === "on") throw new Error("AUTH_SECRET is missing.");
  const server = createServer(({ url }, response) => {
    if (url === "/die") process.kill(process.pid, "SIGKILL");
    if (url === "/pass") faultPoint("fake-service/point");
    response.end(`${process.pid}`);
  });
  await new Promise<void>((resolve) => server.listen(Number(environment.PORT ?? 0), "127.0.0.1", resolve));
  process.stdout.write('{"msg":"started"}\n');
  return {
    name: "fake-service",
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      if (environment.STUCK === "on") await new Promise(() => undefined);
      server.closeAllConnections();
      server.close();
    },
  };
}
