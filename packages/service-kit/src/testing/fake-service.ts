import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Client, createClient } from "../client/client.ts";
import { silentLog } from "./silent-log.ts";
import { testMetrics } from "./test-metrics.ts";

/** Stands for another service: answers over HTTP what the test gave it, and 404 everywhere else. */
export interface FakeService {
  readonly url: string;
  /** `data` of the answers, by path. */
  readonly data: Map<string, unknown>;
  /** What it was asked, in order. */
  readonly calls: { readonly path: string; readonly authorization: string | undefined }[];
  /** From now on everything is answered with this status, or not at all, or hung up on; undefined ends that. */
  failWith(failure: ServiceFailure | undefined): void;
  client(name: string, options?: { readonly timeoutMs: number }): Client;
  close(): Promise<void>;
}

export type ServiceFailure = number | "silence" | "hang-up";

/** `find` is asked for what is not among `data`. */
export async function fakeService(find: (url: URL) => unknown = () => undefined): Promise<FakeService> {
  const data = new Map<string, unknown>();
  const calls: { path: string; authorization: string | undefined }[] = [];
  const clients: Client[] = [];
  let failure: ServiceFailure | undefined;

  const server = createServer(({ url: path = "/", headers: { authorization }, socket }, response) => {
    if (failure === "silence") return;
    if (failure === "hang-up") return void socket.destroy();
    if (path === "/health/live") return answer(response, failure ?? 200, { status: "up" });
    calls.push({ path, authorization });
    if (failure !== undefined) return answer(response, failure, undefined);
    const found = data.has(path) ? data.get(path) : find(new URL(path, "http://fake"));
    answer(response, found === undefined ? 404 : 200, found);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    data,
    calls,
    failWith(now) {
      failure = now;
    },
    client(name, options) {
      const client = createClient({
        name,
        baseUrl: url,
        log: silentLog(),
        metrics: testMetrics(),
        ...options,
      });
      clients.push(client);
      return client;
    },
    async close() {
      server.closeAllConnections();
      await Promise.all(clients.map((client) => client.close()));
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, status: number, data: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ data, meta: { requestId: "req-fake" } }));
}
