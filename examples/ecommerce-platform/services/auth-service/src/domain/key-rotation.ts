const hourMs = 3_600_000;

/** Verifiers fetch the key set again within this time, so nobody meets a key they could not know. */
const aheadMs = 24 * hourMs;
/** Longer than any token lives. */
const afterwardsMs = 24 * hourMs;
const signingMs = 30 * 24 * hourMs;

/** When a key signs. It signs until another one does, so that a service which slept keeps signing with what is known. */
export interface KeyTimes {
  readonly kid: string;
  readonly signsFrom: Date;
}

/** The key that signs at `now`: of those that may, the one that began last. */
export function signingKey<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key | undefined {
  return inOrder(keys).findLast(({ signsFrom }) => signsFrom <= now);
}

/** The keys that verifiers need at `now`: the next one, the one that signs, and those that signed within 24 hours. */
export function publishedKeys<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key[] {
  const sorted = inOrder(keys);
  return sorted.filter((_key, index) => {
    const replacedAt = sorted[index + 1]?.signsFrom;
    return !replacedAt || now.getTime() < replacedAt.getTime() + afterwardsMs;
  });
}

/**
 * When the key to be made at `now` begins to sign; undefined while none is needed. The first signs at once: nobody knows another one. Each
 * further one is made 24 hours before the last has signed for 30 days.
 */
export function nextKeySignsFrom(keys: readonly KeyTimes[], now: Date): Date | undefined {
  if (!signingKey(keys, now)) return now;
  const last = inOrder(keys).at(-1);
  const due = (last?.signsFrom.getTime() ?? 0) + signingMs;
  if (now.getTime() < due - aheadMs) return undefined;
  return new Date(Math.max(due, now.getTime() + aheadMs));
}

function inOrder<Key extends KeyTimes>(keys: readonly Key[]): Key[] {
  return keys.toSorted((one, other) => one.signsFrom.getTime() - other.signsFrom.getTime());
}
