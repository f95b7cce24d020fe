/** A part of a sorted list; `last` is the entry after which the next page begins, null when there is none. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly last: Entry | null;
}

/** Cuts a page off what was read: one entry more than `limit` says that another page follows. */
export function cutPage<Entry>(found: readonly Entry[], limit: number): Page<Entry> {
  const entries = found.slice(0, limit);
  return { entries, last: found.length > limit ? (entries.at(-1) ?? null) : null };
}
