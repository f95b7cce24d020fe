import {
  healthHandlers,
  internalError,
  type Metrics,
  problemOf,
  problems,
  requestIdOf,
  sendProblem,
} from "@speckit/service-kit";
import { type FastifyInstance, fastify } from "fastify";
import type { Upstream } from "./upstream.ts";

/** Answers supervisors and Prometheus as services do. Readiness waits for no service: the others stay reachable when one is not. */
export function buildStatusApp({
  upstreams,
  metrics,
}: {
  upstreams: ReadonlyMap<string, Upstream>;
  metrics: Metrics;
}): FastifyInstance {
  const app = fastify({ logger: false, genReqId: requestIdOf });
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("x-request-id", request.id);
    done();
  });
  const checks = [...upstreams.values()].map(({ service, pool }) => [
    service,
    {
      async check() {
        const { statusCode, body } = await pool.request({ method: "GET", path: "/health/ready" });
        await body.dump();
        if (statusCode !== 200) throw new Error(`${service} is not ready`);
      },
    },
  ]);
  const { getHealth, getLiveness, getReadiness } = healthHandlers("gateway", Object.fromEntries(checks));
  app.get("/health", getHealth);
  app.get("/health/live", getLiveness);
  app.get("/health/ready", getReadiness);
  app.get("/metrics", async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.text()),
  );
  app.setErrorHandler((error, request, reply) =>
    sendProblem(request, reply, problemOf(error as Error) ?? internalError()),
  );
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, problems.notFound()));
  return app;
}
