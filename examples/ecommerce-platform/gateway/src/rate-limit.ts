/** At most `limit` requests of one address in any `windowMs`. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimit {
  /** Counts a request. Returns the seconds to wait when it is one too many, else 0. */
  count(address: string): number;
}

/** Addresses remembered at most: what an attacker with many of them may cost us. */
const mostAddresses = 50_000;

/**
 * Remembers when the requests of each address were let through, so that a burst at the border of two minutes cannot be twice the limit. A
 * request that was refused is not counted: whoever waits as long as they were told is let in.
 */
export function createRateLimit({ limit, windowMs }: Rate, clock: () => number = sinceStart): RateLimit {
  const passed = new Map<string, number[]>();
  return {
    count(address) {
      const now = clock();
      const network = networkOf(address);
      const times = passed.get(network) ?? [];
      while (times[0] !== undefined && times[0] <= now - windowMs) times.shift();
      // Written anew, an address moves to the end: those that were silent longest stand first.
      passed.delete(network);
      passed.set(network, times);
      forgetSilent(passed, now - windowMs);

      const [oldest = now] = times;
      if (times.length >= limit) return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
      times.push(now);
      return 0;
    },
  };
}

/** A time of day that is set back would keep out, for as long as that, whoever was let in before. */
const sinceStart = () => performance.now();

/** Each call adds one address at most, so looking at the first two is enough to be rid of all that no longer count. */
function forgetSilent(passed: Map<string, number[]>, since: number): void {
  for (let left = 2; left > 0; left--) {
    const [network, times] = passed.entries().next().value ?? [];
    if (network === undefined || times === undefined) return;
    const isSilent = (times.at(-1) ?? Number.POSITIVE_INFINITY) <= since;
    if (isSilent || passed.size > mostAddresses) passed.delete(network);
  }
}

/** Whoever has one IPv6 address has 2^64 of them; IPv4 written as IPv6 is IPv4. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  if (address.startsWith("::ffff:") && address.includes(".")) return address.slice(7);
  const [front = "", back] = address.split("::");
  const groups = front.split(":").filter(Boolean);
  if (back !== undefined) {
    const tail = back.split(":").filter(Boolean);
    while (groups.length + tail.length < 8) groups.push("0");
  }
  return groups.slice(0, 4).join(":");
}
