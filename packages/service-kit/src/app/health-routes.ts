import type { FastifyInstance } from "fastify";
import type { Contract } from "../contract/contract.ts";
import type { Handler, Handlers } from "./handler.ts";
import type { healthHandlers } from "./health.ts";
import { stateOf } from "./request-state.ts";

type HealthHandlers = ReturnType<typeof healthHandlers>;

/** Where supervisors look when nobody told them where. */
const usualPaths: Readonly<Record<keyof HealthHandlers, string>> = {
  getHealth: "/health",
  getLiveness: "/health/live",
  getReadiness: "/health/ready",
};

const knownPaths: readonly (readonly [keyof HealthHandlers, RegExp])[] = [
  ["getLiveness", /\/(?:live|livez|liveness)$/],
  ["getReadiness", /\/(?:ready|readyz|readiness)$/],
  ["getHealth", /\/(?:health|healthz|healthcheck)$/],
];

/** The handlers of the operations that are about health, by their operationId. */
export function healthOperations({ operations }: Contract, health: HealthHandlers): Handlers {
  const found = [...operations.values()].flatMap(({ operationId, method, path }) => {
    // What has parameters is about something of the service, not about the service.
    if (method !== "GET" || path.includes("{")) return [];
    const [name] = knownPaths.find(([, shape]) => shape.test(path)) ?? [];
    return name === undefined ? [] : [[operationId, health[name]] as const];
  });
  return Object.fromEntries(found);
}

/** Health stands at its usual addresses also where the contract does not speak of it. */
export function addHealthRoutes(app: FastifyInstance, health: HealthHandlers): void {
  for (const [name, url] of Object.entries(usualPaths)) {
    if (app.hasRoute({ method: "GET", url })) continue;
    const answer = health[name as keyof HealthHandlers] as Handler;
    app.get(url, async (request, reply) => {
      const state = stateOf(request);
      if (state) state.operation = name;
      return answer(request, reply);
    });
  }
}
