import { faultPoints } from "../faults/fault-point.ts";
import { type Environment, EnvironmentError } from "./environment.ts";
import type { RunningService } from "./start-service.ts";

/** What a service tells the process that started it. */
export interface ReadyMessage {
  readonly kind: "ready";
  readonly name: string;
  readonly url: string;
  /** Where it can be made to die when it runs with FAULTS=on. */
  readonly faultPoints: readonly string[];
}

/**
 * The life of a process that is one service: starts it with the variables of the process, tells a parent process when it is ready, and stops
 * it on SIGTERM, SIGINT, or when the parent is gone, also while it starts. Ends with 0 after a clean stop, with 2 and one line when a variable is missing or wrong,
 * with 1 when it could not start.
 */
export async function runService(
  serve: (environment: Environment) => Promise<RunningService>,
): Promise<void> {
  let running: RunningService | undefined;
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    // One that still waits for its database has begun nothing that it would have to finish.
    (running?.stop() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error) => endWith(error),
    );
  };
  // As long as somebody listens, a server of our own is not ended before those that use it.
  for (const end of ["SIGTERM", "SIGINT", "disconnect"]) process.on(end, stop);

  const service = await serve(process.env).catch(endWith);
  running = service;
  process.send?.({ kind: "ready", name: service.name, url: service.url, faultPoints } satisfies ReadyMessage);
}

function endWith(error: unknown): never {
  const { message } = error as Error;
  process.stderr.write(`${message}\n`);
  process.exit(error instanceof EnvironmentError ? 2 : 1);
}
