/** One thing that was started. */
export interface Undo {
  undo(): Promise<void>;
  /** When there is no time for `undo`; works at once. */
  atOnce?(): void;
  /** May be undone at the same time as its neighbours that say so too. */
  readonly together?: boolean;
}

/** Remembers what was started, to undo it in the opposite order. */
export interface Undoing {
  add(undo: Undo): void;
  /** What fails does not keep the rest from being undone; the first failure is thrown at the end. A second call waits for the first. */
  undo(): Promise<void>;
  atOnce(): void;
}

export function createUndoing(): Undoing {
  const started: Undo[] = [];
  let running: Promise<void> | undefined;

  async function undoAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const group of groupsOf(started.toReversed())) {
      const outcomes = await Promise.allSettled(group.map((one) => one.undo()));
      failures.push(
        ...outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : [])),
      );
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add: (undo) => void started.push(undo),
    undo() {
      running ??= undoAll();
      return running;
    },
    atOnce() {
      for (const one of started.toReversed()) one.atOnce?.();
    },
  };
}

function groupsOf(undos: readonly Undo[]): Undo[][] {
  const groups: Undo[][] = [];
  for (const undo of undos) {
    const last = groups.at(-1);
    if (undo.together && last?.[0]?.together) last.push(undo);
    else groups.push([undo]);
  }
  return groups;
}
