import { connect } from "node:net";

/** Sends a request as it stands, which no HTTP library would, and gives what comes back until the other side closes. */
export async function sendRaw(url: string, ...lines: string[]): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write([...lines, `Host: ${hostname}`, "Connection: close", "", ""].join("\r\n"), "latin1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  // `once` would fail with the error that being cut off is.
  socket.on("error", () => undefined);
  await new Promise((resolve) => socket.once("close", resolve));
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), text };
}
