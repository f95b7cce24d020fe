const everyMs = 300;

/**
 * Calls `work` once when the script that npm started, and that started us, has ended without telling us. What becomes of npm it sees to itself.
 * Started by hand we may well outlive whoever did that.
 */
export function whenOrphaned(work: () => void, environment = process.env): void {
  if (environment.npm_lifecycle_event === undefined || process.platform === "win32") return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    work();
  }, everyMs);
  watch.unref();
}
