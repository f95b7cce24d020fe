import { AsyncLocalStorage } from "node:async_hooks";

/** What joins the logs, calls and messages that one request causes, across services. */
export interface Correlation {
  /** The id of the request that began it: `req-…`. */
  readonly requestId?: string | undefined;
  /** W3C Trace Context: `00-<trace id>-<parent id>-<flags>`. */
  readonly traceparent?: string | undefined;
  /** Aborted once the request has been answered for want of time: nobody waits for what is still being done. */
  readonly signal?: AbortSignal | undefined;
}

const storage = new AsyncLocalStorage<Correlation>();
const none: Correlation = {};

/** Carries the correlation through everything that `work` awaits, without handing it from function to function. */
export const correlation = {
  run<T>(context: Correlation, work: () => T): T {
    return storage.run(context, work);
  },
  /** An empty object outside of `run`. */
  current(): Correlation {
    return storage.getStore() ?? none;
  },
};
