/** Waiting goes on in pieces of this length. */
const sliceMs = 100;

/**
 * Calls `over` after so much time, unless it is called off by what this returns. Time in which this process was itself held up does not
 * count: what is waited for may have come meanwhile, and only wants to be read. So the time is counted in slices, and a slice that ends late
 * counts no more than its length.
 */
export function afterOwnTime(ms: number, over: () => void): () => void {
  let leftMs = ms;
  let timer: NodeJS.Timeout | undefined;
  const next = () => {
    const slice = Math.min(sliceMs, leftMs);
    timer = setTimeout(() => {
      leftMs -= slice;
      if (leftMs > 0) next();
      else over();
    }, slice);
  };
  next();
  return () => clearTimeout(timer);
}
