import type { Segment } from "./segment.ts";

/** A segment with what of it still holds: units of files that have changed since are dead. */
export interface LiveSegment {
  readonly segment: Segment;
  /** 1 for each unit that counts. */
  readonly live: Uint8Array;
}

/** What is searched. Where it is kept, and how it stays current, is not its business. */
export interface SearchIndex {
  readonly segments: readonly LiveSegment[];
  /** Name of the service that a file belongs to. */
  readonly serviceOf: (file: string) => string | undefined;
}

/** An index of one segment in which everything holds. */
export function wholeIndex(
  segment: Segment,
  serviceOf: SearchIndex["serviceOf"] = () => undefined,
): SearchIndex {
  return { segments: [{ segment, live: new Uint8Array(segment.units).fill(1) }], serviceOf };
}
