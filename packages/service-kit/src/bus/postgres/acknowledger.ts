import { createPace } from "../../pace.ts";

/** Gathers what is to be acknowledged while the acknowledgement before is under way, so that a busy queue needs few statements. */
export interface Acknowledger<Item> {
  add(item: Item): void;
  /** Resolves when everything that was added is written. */
  settled(): Promise<void>;
}

/** More often would only cost: a message that is done waits for nothing. */
const paceMs = 10;

/** `write` must not throw. */
export function createAcknowledger<Item>(
  write: (items: readonly Item[]) => Promise<void>,
): Acknowledger<Item> {
  let gathered: Item[] = [];
  let writing: Promise<void> | undefined;
  const pace = createPace(paceMs);

  const writeAll = async () => {
    while (gathered.length > 0) {
      await pace.ready();
      const items = gathered;
      gathered = [];
      await write(items);
    }
    writing = undefined;
  };
  return {
    add(item) {
      gathered.push(item);
      writing ??= writeAll();
    },
    async settled() {
      await writing;
    },
  };
}
