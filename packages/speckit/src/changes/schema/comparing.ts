import type { Node } from "../../parse/references.ts";
import type { Fact } from "../change.ts";
import type { SchemaComparison } from "./comparison.ts";
import type { Aspect, Pair } from "./pair.ts";
import type { SchemaView } from "./schema-view.ts";

/** What the parts of the comparison work with: both views, and how to go on below. */
export interface Comparing {
  readonly base: SchemaView;
  readonly revision: SchemaView;
  readonly baseSchemas: readonly Node[];
  readonly revisionSchemas: readonly Node[];
  readonly aspect: Aspect;
  readonly pair: Pair;
  readonly comparison: SchemaComparison;
  readonly fact: (fact: Fact) => void;
  /** Compares schemas further down; `step` is how to get there: `.name`, `[]`. */
  readonly below: (
    step: string,
    base: readonly Node[],
    revision: readonly Node[],
    aspect?: Partial<Aspect>,
  ) => void;
}
