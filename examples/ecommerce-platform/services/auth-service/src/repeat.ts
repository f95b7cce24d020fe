import type { Logger } from "@speckit/service-kit";

export interface Repeated {
  /** Resolves when the work that is under way has ended; nothing begins after it. */
  stop(): Promise<void>;
}

/** Does `work` now and again `everyMs` after it ended. What fails is logged and tried at the next turn. */
export function repeat(what: string, everyMs: number, work: () => Promise<void>, log: Logger): Repeated {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const turn = async () => {
    try {
      await work();
    } catch (error) {
      log.warn({ err: error, what }, "failed and will be tried again");
    }
    if (!isStopped) timer = setTimeout(next, everyMs);
  };
  const next = () => {
    running = turn();
  };
  let running = turn();

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
