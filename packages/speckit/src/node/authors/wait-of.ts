const LONGEST_PAUSE_MS = 60_000;

/** "Retry after 20 seconds": how long a provider asks to wait; undefined when it does not say, or it is too long to wait for. */
export function waitOf(failure: string): number | undefined {
  const [, digits, unit] =
    /\b(?:retry|try again|wait)\b[^.\d]{0,20}(\d{1,6}(?:\.\d+)?) ?(ms|milliseconds|s|sec|seconds?)\b/i.exec(
      failure,
    ) ?? [];
  if (digits === undefined) return undefined;
  const ms = Number(digits) * (/^m/i.test(unit ?? "") ? 1 : 1000);
  return ms <= LONGEST_PAUSE_MS ? ms : undefined;
}
