/** The time was over before the work was. */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";
}

const sliceMs = 100;

/**
 * Gives `work` so much time, then aborts its signal. Time in which this process was itself held up does not count: an answer may have arrived
 * meanwhile, and only waits to be read. So the time is counted in slices, and a slice that ends late counts no more than its length.
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let leftMs = ms;
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    const slice = Math.min(sliceMs, leftMs);
    timer = setTimeout(() => {
      leftMs -= slice;
      if (leftMs > 0) next();
      else abort.abort(new OutOfTime(`did not answer within ${ms} ms`));
    }, slice);
  };
  next();
  try {
    return await work(abort.signal);
  } finally {
    clearTimeout(timer);
  }
}
