import { afterOwnTime } from "../own-time.ts";

/** The time was over before the work was. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

/** Gives `work` so much time, then aborts its signal. Time in which this process was itself held up does not count. */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const callOff = afterOwnTime(ms, () => abort.abort(new OutOfTime(`did not answer within ${ms} ms`)));
  try {
    return await work(abort.signal);
  } finally {
    callOff();
  }
}
