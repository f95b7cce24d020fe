/** It would have had to wait too long for its turn. */
export class NoTurn extends Error {
  override readonly name = "NoTurn";
}

interface Waiting {
  readonly begin: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Lets `atOnce` pieces of work go on at once; the others wait for their turn, first come, first served. Throws `NoTurn` for one whose turn has
 * not come after `waitMs`.
 */
export function createTurns(atOnce: number, waitMs: number) {
  const waiting = new Set<Waiting>();
  let free = atOnce;

  const turn = () =>
    new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(one);
        reject(new NoTurn(`has had too many calls waiting for ${waitMs} ms`));
      };
      const one: Waiting = { begin: resolve, timer: setTimeout(giveUp, waitMs) };
      waiting.add(one);
    });

  /** Hands the turn on without giving it back in between, so that nobody who comes now is faster than those who wait. */
  const pass = () => {
    const [next] = waiting;
    if (!next) {
      free++;
      return;
    }
    waiting.delete(next);
    clearTimeout(next.timer);
    next.begin();
  };

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await turn();
    try {
      return await work();
    } finally {
      pass();
    }
  };
}
