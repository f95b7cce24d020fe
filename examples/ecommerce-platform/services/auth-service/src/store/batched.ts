interface Waiting<Value> {
  readonly key: string;
  resolve(value: Value | undefined): void;
  reject(error: unknown): void;
}

const largestBatch = 1_000;
// While one answer is on its way the next question is already asked; what comes meanwhile waits and is asked together.
const readsAtOnce = 2;

/**
 * Joins look-ups that come close together into one read. A key is read after it was asked for, never before, so that each look-up sees what
 * was committed when it began.
 */
export function batched<Value>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | undefined> {
  let waiting: Waiting<Value>[] = [];
  let reading = 0;
  let isDue = false;

  const start = () => {
    if (isDue || reading >= readsAtOnce || waiting.length === 0) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      const batch = waiting.slice(0, largestBatch);
      waiting = waiting.slice(largestBatch);
      reading += 1;
      void answer(batch).finally(() => {
        reading -= 1;
        start();
      });
      start();
    });
  };

  const answer = async (batch: readonly Waiting<Value>[]) => {
    try {
      const found = await read([...new Set(batch.map(({ key }) => key))]);
      for (const { key, resolve } of batch) resolve(found.get(key));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      start();
    });
}
