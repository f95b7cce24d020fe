/** Works on items in the order they came, on a limited number at once. */
export interface Workers<Item> {
  add(items: readonly Item[]): void;
  /** Takes back what nobody has begun. */
  withdraw(): Item[];
  /** Resolves when nothing is being worked on. */
  idle(): Promise<void>;
}

/** `work` must not throw. */
export function createWorkers<Item>(concurrency: number, work: (item: Item) => Promise<void>): Workers<Item> {
  let waiting: Item[] = [];
  const running = new Set<Promise<void>>();

  const start = (item: Item) => {
    const done = work(item).then(() => {
      running.delete(done);
      fill();
    });
    running.add(done);
  };
  const fill = () => {
    const room = concurrency - running.size;
    if (room > 0) for (const item of waiting.splice(0, room)) start(item);
  };
  return {
    add(items) {
      waiting.push(...items);
      fill();
    },
    withdraw() {
      const left = waiting;
      waiting = [];
      return left;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
