import type { Location } from "./location.ts";
import type { MarkdownDocument } from "./markdown.ts";

/** `**Storage**: PostgreSQL` and the like, wherever in the plan it stands. */
export interface PlanEntry {
  readonly key: string;
  readonly value: string;
  readonly at: Location;
}

/** A technical plan. */
export interface Plan extends MarkdownDocument {
  readonly kind: "plan";
  readonly entries: readonly PlanEntry[];
}
