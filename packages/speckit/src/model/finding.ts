import type { Location, Place } from "./location.ts";

export type Severity = "error" | "warning" | "info";

/** What a change means for the other side: it stops working, it may stop working, it never notices. */
export type Level = "breaking" | "risky" | "compatible";

/** `request`: consumers write it, the service reads it. `response` and `event`: the other way round. */
export type Direction = "request" | "response" | "event";

/** The change behind a finding about two versions of a contract. The names are those of the JSON output. */
export interface ChangeDetail {
  readonly kind: string;
  readonly direction: Direction;
  readonly level: Level;
  /** `POST /api/v1/orders`, or `event order.created`: the first of `operations`. */
  readonly operation: string;
  readonly operations: readonly string[];
  /** Where in the operation: `request.body.items[].sku`. */
  readonly location: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Another place that explains a finding, such as the consumer's side of a contract. */
export interface Related<P = Location> {
  readonly message: string;
  readonly at: P;
}

/** Something to say about one place. The engine turns it into a finding by adding the rule's id, severity, why and fix. */
export interface Report {
  /** What is the case here, with the names involved and the offending value quoted. */
  readonly message: string;
  readonly at: Place;
  readonly service?: string | undefined;
  /** Instead of the rule's own severity, where a case is milder or worse than usual. */
  readonly severity?: Severity | undefined;
  /** Instead of the rule's own advice, where this case allows a more exact one. */
  readonly fix?: string | undefined;
  readonly related?: readonly Related<Place>[] | undefined;
  readonly change?: ChangeDetail | undefined;
  readonly consumers?: readonly string[] | undefined;
}

/** One thing a reader should look at. Plain data: it survives JSON and looks the same in every front end. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
  readonly why: string;
  readonly fix: string;
  readonly service?: string | undefined;
  readonly owner?: string | undefined;
  readonly change?: ChangeDetail | undefined;
  readonly consumers?: readonly string[] | undefined;
  readonly related: readonly Related[];
}

/** What makes a finding the same finding tomorrow: its rule, file and message, but not its line. */
export function fingerprintOf({ rule, location, message, change }: Finding): string {
  return JSON.stringify([rule, location.file, message, change?.operation ?? "", change?.location ?? ""]);
}
