import { Pool } from "undici";
import { type Breaker, createBreaker } from "./breaker.ts";

/** A service behind the gateway. */
export interface Upstream {
  readonly service: string;
  readonly pool: Pool;
  readonly breaker: Breaker;
}

export interface UpstreamOptions {
  readonly service: string;
  /** `http://127.0.0.1:8083` */
  readonly url: string;
  /** A service has this long to begin its answer, and this long between two parts of it. */
  readonly timeoutMs: number;
}

export function createUpstream({ service, url, timeoutMs }: UpstreamOptions): Upstream {
  const pool = new Pool(url, {
    connections: 128,
    pipelining: 1,
    // Shorter than services keep a silent connection, so that none is used in the moment the other side closes it.
    keepAliveTimeout: 4000,
    connectTimeout: 2000,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return { service, pool, breaker: createBreaker() };
}
