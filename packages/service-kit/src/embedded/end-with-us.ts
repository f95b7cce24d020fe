const endings = new Set<() => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls `end` when this process ends without having been asked to undo it: by an exception, by `process.exit`, or by a signal that nobody else
 * listens to. `end` must work at once, since a process that exits waits for nobody. Returns what takes it back.
 */
export function endWithUs(end: () => void): () => void {
  if (endings.size === 0) listen();
  endings.add(end);
  return () => {
    endings.delete(end);
    if (endings.size === 0) stopListening();
  };
}

function listen(): void {
  process.on("exit", endAll);
  for (const signal of signals) process.on(signal, endBySignal);
}

function stopListening(): void {
  process.off("exit", endAll);
  for (const signal of signals) process.off(signal, endBySignal);
}

function endAll(): void {
  for (const end of endings) end();
}

// Whoever listens too decides when the process ends. If nobody does, having listened must not keep it alive.
function endBySignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  endAll();
  stopListening();
  process.kill(process.pid, signal);
}
