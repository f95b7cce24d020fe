/** At most `limit` requests of one address in any `windowMs`, about. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateLimit {
  /** Counts a request. Returns the seconds to wait when it is one too many, else 0. */
  count(address: string): number;
}

interface Counts {
  window: number;
  current: number;
  previous: number;
}

/** Addresses remembered at most: what an attacker with many of them may cost us. */
const mostAddresses = 50_000;

/**
 * Counts per address in windows, and weighs the window before by how much of it still lies within the last `windowMs`: a burst at the border of
 * two windows cannot be twice the limit. Refused requests count too, so one who goes on hammering stays out.
 */
export function createRateLimit({ limit, windowMs }: Rate, clock: () => number = Date.now): RateLimit {
  const addresses = new Map<string, Counts>();
  return {
    count(address) {
      const now = clock();
      const window = Math.floor(now / windowMs);
      const counts = countsOf(addresses, networkOf(address), window);
      counts.current++;
      const stillCounts = 1 - (now % windowMs) / windowMs;
      const recent = counts.current + counts.previous * stillCounts;
      if (recent <= limit) return 0;
      return Math.max(1, Math.ceil((windowMs - (now % windowMs)) / 1000));
    },
  };
}

function countsOf(addresses: Map<string, Counts>, address: string, window: number): Counts {
  let counts = addresses.get(address);
  if (counts?.window === window) return counts;
  counts = { window, current: 0, previous: counts?.window === window - 1 ? counts.current : 0 };
  // Written anew, an address moves to the end: those that were silent longest stand first.
  addresses.delete(address);
  addresses.set(address, counts);
  if (addresses.size > mostAddresses) addresses.delete(addresses.keys().next().value ?? "");
  return counts;
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
