/** Lets a loop sleep until there is something to do. A ring while nobody waits is heard by the next wait. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring with true, or after `ms` milliseconds with false. */
  wait(ms: number): Promise<boolean>;
}

export function createBell(): Bell {
  let rung = false;
  let open: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      open?.();
    },
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          open = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const heard = rung;
      open = undefined;
      rung = false;
      return heard;
    },
  };
}
