import type { Fact } from "../change.ts";

/** Who writes what the schema describes. Events are written by their producer, as responses are. */
export type Writer = "consumer" | "provider";

/** How a schema is looked at: the same two schemas are compared once for each such way. */
export interface Aspect {
  readonly writer: Writer;
  /** Inside of `not`, where allowing more means allowing less outside. */
  readonly inverted: boolean;
  /** Written as text on the wire (parameters, headers, forms), where a number is a string of digits. */
  readonly textual: boolean;
  /** Where the parameter stands whose schema this is (`query`, `path`, …): its default stands for what a caller leaves out. */
  readonly parameter: string | undefined;
}

/** Two schemas set against each other, with what differs right here and the pairs that stand below. */
export interface Pair {
  readonly id: number;
  readonly facts: Fact[];
  readonly children: { readonly step: string; readonly pair: Pair }[];
  readonly parents: { readonly step: string; readonly pair: Pair }[];
}

/** What marks properties that the writer never writes. */
export function unwrittenKeyword({ writer }: Aspect): "readOnly" | "writeOnly" {
  return writer === "consumer" ? "readOnly" : "writeOnly";
}

/** Makes `child` stand below `pair`. */
export function linkPairs(pair: Pair, step: string, child: Pair): void {
  pair.children.push({ step, pair: child });
  child.parents.push({ step, pair });
}
