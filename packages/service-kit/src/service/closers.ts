import type { Logger } from "../telemetry/logger.ts";

/** What was opened and has to be closed, in the opposite order. */
export interface Closers {
  add(name: string, close: () => Promise<void>): void;
  /** Closes all, the last one first; what fails to close is logged and stops nothing. A second call waits for the first. */
  close(): Promise<void>;
}

export function createClosers(log: Logger): Closers {
  const opened: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  let closing: Promise<void> | undefined;

  const closeAll = async () => {
    for (const { name, close } of opened.reverse()) {
      await close().catch((error) => log.error({ err: error }, `${name} did not close`));
    }
  };
  return {
    add: (name, close) => void opened.push({ name, close }),
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
