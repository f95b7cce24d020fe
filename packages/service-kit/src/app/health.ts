import type { FastifyRequest } from "fastify";
import { afterOwnTime } from "../own-time.ts";
import { answer } from "./answers.ts";
import type { Handlers } from "./handler.ts";
import { Problem } from "./problem.ts";

/** Asks whether something that the service needs is there. */
export interface HealthCheck {
  /** Throws when it is not. */
  check(): Promise<void>;
  /** Whether the service takes no requests without it; others are only shown. */
  readonly readiness?: boolean;
}

interface DependencyState {
  readonly status: "up" | "down";
  readonly detail?: string;
}

/** A supervisor asks every second or so; what has not answered by then counts as down. */
const waitMs = 1000;

/** The handlers of `getHealth`, `getLiveness` and `getReadiness`, which every service has. */
export function healthHandlers(service: string, checks: Readonly<Record<string, HealthCheck>>) {
  const needed = Object.fromEntries(Object.entries(checks).filter(([, { readiness }]) => readiness));
  const askAll = asker(checks);
  const askNeeded = asker(needed);

  return {
    async getHealth(request: FastifyRequest) {
      const states = await askAll();
      return answer(request, { status: isUp(states) ? "up" : "degraded", service, checks: states });
    },
    async getLiveness(request: FastifyRequest) {
      return answer(request, { status: "up" });
    },
    async getReadiness(request: FastifyRequest) {
      const states = await askNeeded();
      if (!isUp(states)) throw notReady(states);
      return answer(request, { status: "up", service, checks: states });
    },
  } satisfies Handlers;
}

type States = Readonly<Record<string, DependencyState>>;

const isUp = (states: States) => Object.values(states).every(({ status }) => status === "up");

/** Asks at most once at a time: many probes at once are one question. */
function asker(checks: Readonly<Record<string, HealthCheck>>): () => Promise<States> {
  let asking: Promise<States> | undefined;
  const ask = async () => {
    const states = Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const);
    return Object.fromEntries(await Promise.all(states));
  };
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}

async function stateOf(health: HealthCheck): Promise<DependencyState> {
  let callOff = () => {};
  const silence = new Promise<DependencyState>((resolve) => {
    const detail = `no answer within ${waitMs} ms`;
    callOff = afterOwnTime(waitMs, () => resolve({ status: "down", detail }));
  });
  const asked = health.check().then(
    (): DependencyState => ({ status: "up" }),
    (error): DependencyState => ({ status: "down", detail: reasonOf(error) }),
  );
  return Promise.race([asked, silence]).finally(callOff);
}

/** Probes are open to anybody who reaches the port: neither addresses nor what a server said belong there. */
function reasonOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: "connection refused",
    ECONNRESET: "connection reset",
    ENOTFOUND: "unknown host",
    ETIMEDOUT: "connection timed out",
  };
  return reasons[String(code)] ?? reasons[String(cause?.code)] ?? "does not answer";
}

function notReady(states: States): Problem {
  const down = Object.entries(states).filter(([, { status }]) => status === "down");
  return new Problem(503, {
    type: "/problems/not-ready",
    title: "Not ready",
    detail: `Does not answer: ${down.map(([name]) => name).join(", ")}.`,
    extra: { checks: states },
  });
}
