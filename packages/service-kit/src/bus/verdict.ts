import { Poison, Postponed } from "./bus.ts";

/** What becomes of a delivery whose handler threw. */
export type Verdict =
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "postpone"; readonly afterMs: number }
  | { readonly kind: "bury"; readonly reason: string };

/** Pauses before the second, third and fourth attempt. */
export const defaultRetryDelaysMs: readonly number[] = [1_000, 2_000, 4_000];

/** Judges by the error and by how many attempts there were, this one included. */
export function judge(error: unknown, attempt: number, retryDelaysMs: readonly number[]): Verdict {
  if (error instanceof Postponed) return { kind: "postpone", afterMs: error.afterMs };
  const afterMs = error instanceof Poison ? undefined : retryDelaysMs[attempt - 1];
  if (afterMs !== undefined) return { kind: "retry", afterMs };
  return { kind: "bury", reason: error instanceof Error ? error.message : String(error) };
}
