/** Every fault point that was declared in this process, e.g. `order-service/relay.before-publish`. */
export const faultPoints: readonly string[] = [];

/** Message of a parent process: die at the `hit`-th passing of this point from now on (1 = the next). */
export interface ArmFault {
  readonly kind: "arm-fault";
  readonly point: string;
  readonly hit: number;
}

const remaining = new Map<string, number>();

/** Makes points known by name, each prefixed by its service; declaring one twice changes nothing. */
export function declareFaultPoints(service: string, names: readonly string[]): void {
  const known = faultPoints as string[];
  for (const point of names.map((name) => `${service}/${name}`)) {
    if (!known.includes(point)) known.push(point);
  }
}

/** Ends this process with SIGKILL when the point is armed and this is the passing to die at; otherwise does nothing. */
export function faultPoint(point: string): void {
  if (remaining.size === 0) return;
  const passings = remaining.get(point);
  if (passings === undefined) return;

  remaining.set(point, passings - 1);
  if (passings > 1) return;
  process.kill(process.pid, "SIGKILL");
  // Nothing may happen after the point, however long the signal takes.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

// Only a process that was started for it listens, so that nobody can end one by chance.
if (process.env.FAULTS === "on" && process.send) {
  process.on("message", (message: Partial<ArmFault>) => {
    if (message?.kind === "arm-fault" && message.point) remaining.set(message.point, message.hit ?? 1);
  });
  // Listening alone must not keep a process alive that has nothing left to do.
  process.channel?.unref();
}
