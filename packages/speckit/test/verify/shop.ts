import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";

/** A way to break the contract; `none` keeps it. */
export type Fault =
  | "none"
  | "answers 500 to null"
  | "answers 418"
  | "answers text"
  | "answers nothing"
  | "answers half a document"
  | "answers quantity as text"
  | "leaves the id out"
  | "forgets Location"
  | "refuses with a string"
  | "refuses with another status in the body"
  | "takes anything"
  | "takes unknown properties"
  | "asks nobody who they are"
  | "refuses what is allowed"
  | "refuses XML as unreadable"
  | "hangs up"
  | "says too many"
  | "stops";

interface Order {
  readonly orderId: string;
  readonly sku: string;
  readonly quantity: number;
}

const servers = new Set<ReturnType<typeof createServer>>();
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

export const token = "ada-may-order";

export interface Shop {
  readonly url: string;
  /** `POST /api/v1/orders`, in the order in which they came. */
  readonly asked: readonly string[];
}

/** Starts an order-service that keeps the contract but for one fault. */
export async function openShop(fault: Fault = "none"): Promise<Shop> {
  const asked: string[] = [];
  const service = new OrderService(fault);
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    void service.answer(request, response).catch(() => response.destroy());
    if (fault === "stops" && asked.length === 3) {
      server.closeAllConnections();
      server.close();
    }
  });
  servers.add(server);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

class OrderService {
  readonly #fault: Fault;
  readonly #orders = new Map<string, Order>();

  constructor(fault: Fault) {
    this.#fault = fault;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://shop");
    const body = await read(request);
    if (pathname === "/health") return this.#send(response, 200, { status: "up" });
    if (request.headers.authorization !== `Bearer ${token}` && this.#fault !== "asks nobody who they are")
      return this.#refuse(response, 401);
    if (this.#fault === "says too many") return this.#refuse(response, 429, { "retry-after": "60" });
    if (pathname === "/api/v1/orders" && request.method === "POST")
      return this.#place(request, body, response);
    if (pathname === "/api/v1/orders") return this.#list(searchParams.get("limit"), response);
    const order = this.#orders.get(pathname.split("/").at(-1) ?? "");
    if (!order) return this.#refuse(response, 404);
    if (request.method === "GET") return this.#send(response, 200, { data: order });
    this.#orders.delete(order.orderId);
    return response.writeHead(204).end();
  }

  #place(request: IncomingMessage, body: string, response: ServerResponse): unknown {
    const fault = this.#fault;
    if (fault === "hangs up" && body.includes("unfinished")) return response.destroy();
    if (request.headers["content-type"] !== "application/json")
      return this.#refuse(response, body === "" ? 400 : fault === "refuses XML as unreadable" ? 422 : 415);
    const order = parsed(body);
    if (order === unreadable) return this.#refuse(response, 400);
    if (order === null && fault === "answers 500 to null") return this.#send(response, 500, { oops: true });
    if (!isOrder(order, fault) && fault !== "takes anything") return this.#refuse(response, 422);
    if (fault === "refuses what is allowed") return this.#refuse(response, 422);
    const placed = {
      ...(typeof order === "object" ? (order as Order) : { sku: "TEA-100", quantity: 1 }),
      orderId: idOf(this.#orders.size),
    };
    this.#orders.set(placed.orderId, placed);
    const location = { location: `/api/v1/orders/${placed.orderId}` };
    if (fault === "answers 418") return this.#send(response, 418, {});
    if (fault === "answers text")
      return response.writeHead(201, { ...location, "content-type": "text/plain" }).end("placed");
    if (fault === "answers nothing") return response.writeHead(201, location).end();
    if (fault === "answers half a document")
      return response.writeHead(201, { ...location, "content-type": "application/json" }).end('{"data":');
    const { orderId, sku, quantity } = placed;
    const shown =
      fault === "answers quantity as text"
        ? { orderId, sku, quantity: String(quantity) }
        : fault === "leaves the id out"
          ? { sku, quantity }
          : { orderId, sku, quantity };
    return this.#send(response, 201, { data: shown }, fault === "forgets Location" ? {} : location);
  }

  #list(limit: string | null, response: ServerResponse): unknown {
    const count = Number(limit ?? 20);
    if (!Number.isInteger(count) || count < 1 || count > 50) return this.#refuse(response, 400);
    return this.#send(response, 200, [...this.#orders.values()].slice(0, count));
  }

  #refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
    const problem =
      this.#fault === "refuses with a string"
        ? "no"
        : {
            title: "Refused",
            status: this.#fault === "refuses with another status in the body" ? 400 : status,
          };
    response
      .writeHead(status, { ...headers, "content-type": "application/problem+json" })
      .end(JSON.stringify(problem));
  }

  #send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
    response
      .writeHead(status, { ...headers, "content-type": "application/json; charset=utf-8" })
      .end(JSON.stringify(body));
  }
}

const unreadable = Symbol("unreadable");

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return unreadable;
  }
}

function isOrder(value: unknown, fault: Fault): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { sku, quantity, note, ...rest } = value as Record<string, unknown>;
  return (
    typeof sku === "string" &&
    /^[A-Z0-9-]{1,20}$/.test(sku) &&
    typeof quantity === "number" &&
    Number.isInteger(quantity) &&
    quantity >= 1 &&
    quantity <= 100 &&
    (note === undefined || note === null || (typeof note === "string" && note.length <= 80)) &&
    (Object.keys(rest).length === 0 || fault === "takes unknown properties")
  );
}

function idOf(number: number): string {
  return `7b1e4c92-2f4d-4b0a-8e6f-${String(number).padStart(12, "0")}`;
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
