import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import {
  answer,
  buildContractApp,
  type Caller,
  type ContractAppOptions,
  callerOf,
  type Handler,
  type Handlers,
  problems,
  readContract,
  type TokenCheck,
} from "../src/index.ts";
import { silentLog, testMetrics } from "../src/testing/index.ts";

/** The root of a fleet with one service, whose contract has what a contract can have. */
export const shopFolder = fileURLToPath(new URL("fixtures/shop", import.meta.url));
export const orderService = `${shopFolder}/services/order-service`;
export const orderContract = readContract(`${orderService}/contracts/api-spec.yaml`, "order-service");

export const ada: Caller = {
  userId: "3f0c2a54-8d0e-4f57-9a3b-6c1d2e4f5a60",
  email: "ada@example.com",
  roles: ["customer"],
  sessionId: "5a0c4c1e-6f0b-4c7e-8a55-1b9d6c0f2e11",
  token: "adas-token",
};
export const orderId = "7b1e4c92-2f4d-4b0a-8e6f-1a2b3c4d5e6f";
export const adasHeaders = { authorization: "Bearer adas-token" };

/** Knows one token. */
const check = async (token: string): Promise<Caller> => {
  if (token !== ada.token) throw problems.unauthorized();
  return ada;
};
const checkToken: TokenCheck = Object.assign(check, { verifyOnly: check });

const order = (status: string) => ({ orderId, status, totalAmount: null, reason: null, customer: null });

/** Handlers that answer with what they were given. */
export const orderHandlers = {
  placeOrder: async (request, reply) => {
    reply.code(202);
    return answer(request, { ...order("pending"), seen: { body: request.body, caller: callerOf(request) } });
  },
  listOrders: async (request) => answer(request, request.query),
  getOrder: async (request) => answer(request, request.params),
  cancelOrder: async (request) => answer(request, { ...order("pending"), body: request.body ?? null }),
  savePhoto: async (_request, reply) => reply.code(204).send(),
  addNote: async (request) => answer(request, request.body ?? null),
} satisfies Handlers & Record<string, Handler>;

/** The app of order-service, with parts of it replaced. */
export function orderApp(
  options: Partial<ContractAppOptions> & { replace?: Handlers } = {},
): Promise<FastifyInstance> {
  const { replace, ...parts } = options;
  return buildContractApp({
    contract: orderContract,
    handlers: { ...orderHandlers, ...replace },
    checkToken,
    health: {},
    log: silentLog(),
    metrics: testMetrics(),
    configure: (app) => {
      app.addContentTypeParser("image/png", { parseAs: "buffer" }, (_request, bytes, done) =>
        done(null, bytes),
      );
    },
    ...parts,
  });
}
