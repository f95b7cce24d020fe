import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { createLogger, createMetrics, noTracing, problems, type TokenCheck } from "@speckit/service-kit";
import type { FastifyInstance } from "fastify";
import { buildGateway, type GatewayParts } from "../src/app.ts";
import { limitsOf } from "../src/limits.ts";
import { readContracts, routesOf } from "../src/routes.ts";
import { createUpstream } from "../src/upstream.ts";

export const contractsRoot = path.join(import.meta.dirname, "..", "..");
export const contracts = readContracts(contractsRoot);

/** What a service behind the gateway was asked. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface GatewayForTests {
  readonly app: FastifyInstance;
  readonly url: string;
  readonly port: number;
  /** Requests that reached a service. */
  readonly received: Received[];
  close(): Promise<void>;
}

const caller = { userId: "3f0c2a54", email: "ada@example.com", roles: ["customer"], sessionId: "s1" };

/** One token holds, and no other. */
export const adasToken = "adas.valid.token";
const verifyToken: TokenCheck["verifyOnly"] = async (token) => {
  if (token !== adasToken) throw problems.unauthorized();
  return { ...caller, token };
};

/** A gateway in front of one server that stands for all services. Without `answer` it notes what it was asked and says so. */
export async function startGateway(
  options: Partial<GatewayParts> & { answer?: RequestListener; timeoutMs?: number } = {},
): Promise<GatewayForTests> {
  const { answer, timeoutMs = 10_000, ...parts } = options;
  const received: Received[] = [];
  const service = createServer(answer ?? noting(received));
  const servicePort = await listen(service);
  const upstreams = new Map(
    contracts.map(({ service }) => [
      service,
      createUpstream({ service, url: `http://127.0.0.1:${servicePort}`, timeoutMs }),
    ]),
  );
  const app = buildGateway({
    routes: routesOf(contracts),
    upstreams,
    verifyToken,
    limits: limitsOf({}),
    origins: ["*"],
    trustedProxies: [],
    log: createLogger({ service: "gateway", level: "silent" }),
    metrics: createMetrics("gateway"),
    tracing: noTracing,
    ...parts,
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return {
    app,
    url,
    port: Number(new URL(url).port),
    received,
    async close() {
      await app.close();
      await Promise.all([...upstreams.values()].map(({ pool }) => pool.destroy()));
      service.closeAllConnections();
      await new Promise((resolve) => service.close(resolve));
    },
  };
}

function noting(received: Received[]): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      received.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      response.setHeader("content-type", "application/json");
      response.end('{"data":[],"meta":{"requestId":"of-the-service","nextCursor":null}}');
    });
  };
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}
