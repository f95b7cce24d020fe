import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { refuseTakenPort } from "../src/ports.ts";

test("a port that another program has is named, with the option that chooses another", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await expect(refuseTakenPort(port, "--mail-port")).rejects.toThrow(
    `Port ${port} is used by another program. Choose another with --mail-port`,
  );
  await new Promise((resolve) => server.close(resolve));
  await refuseTakenPort(port, "--mail-port");
});

test("any free port is always to be had", async () => {
  await refuseTakenPort(0, "--port");
});
