import type { Location, Place } from "./location.ts";
import type { MarkdownDocument, Marker } from "./markdown.ts";

export type StepKind = "given" | "when" | "then";

/** One Given … When … Then group. */
export interface Scenario {
  readonly at: Location;
  /** The kinds of steps that it has, each once. */
  readonly steps: readonly StepKind[];
  /** The first line, without markup: what a reader recognises the scenario by. */
  readonly text: string;
  /** All lines with steps, joined. */
  readonly whole: string;
}

/** A user story: `### User Story 1 - Login (Priority: P1)` of GitHub spec-kit, `### P1: User Login` of the microservices form. */
export interface Story {
  /** `US1` or `P1`; made from the position where the heading has no number. */
  readonly id: string;
  readonly title: string;
  readonly priority: string | undefined;
  readonly at: Location;
  readonly scenarios: readonly Scenario[];
  /** Its title says that it was removed. */
  readonly withdrawn: boolean;
}

/** A numbered statement: a functional or other requirement (`FR-001`), a success criterion (`SC-001`). */
export interface Requirement {
  readonly id: string;
  readonly text: string;
  readonly at: Location;
  /** Ids and quoted story titles in the text: `US1`, `P1`, `SC-002`. */
  readonly mentions: readonly string[];
  /** It says of itself that it was removed. */
  readonly withdrawn: boolean;
}

/** One line of what a service is, or is not, responsible for. */
export interface BoundaryClaim {
  readonly text: string;
  /** The service named in "(user-service owns this)"; only on what the service is not responsible for. */
  readonly owner: string | undefined;
  readonly at: Location;
}

/** An operation named in prose: `POST /api/v1/auth/validate`, or an operationId in a code span. */
export interface OperationMention {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly operationId: string | undefined;
  readonly at: Place;
}

/** A row of the table of upstream or downstream services. */
export interface DependencyRow {
  readonly service: string;
  readonly purpose: string;
  readonly operations: readonly OperationMention[];
  /** What the service does when the other one fails; undefined when the table has no such column or the cell is empty. */
  readonly failureMode: string | undefined;
  readonly at: Location;
}

/** A block `### Event: order.created` below "Events Published" or "Events Consumed". */
export interface EventSection {
  readonly event: string;
  readonly at: Location;
  readonly from: string | undefined;
  readonly topic: (Marker & object) | undefined;
  readonly trigger: string | undefined;
  readonly action: string | undefined;
  /** Field names without `[]`, in their order. */
  readonly payload: readonly Marker[] | undefined;
  readonly consumers: readonly Marker[];
  readonly idempotency: string | undefined;
  readonly errorHandling: string | undefined;
}

/** Something a service stores and nobody else writes. */
export interface OwnedEntity {
  readonly entity: string;
  /** The database or schema it lives in, when the table says so. */
  readonly store: string | undefined;
  readonly at: Location;
}

/** What a section of a specification is about, whatever its language. */
export type Topic =
  | "scenarios"
  | "story"
  | "requirements"
  | "criteria"
  | "edge-cases"
  | "overview"
  | "service-name"
  | "boundary"
  | "dependencies"
  | "upstream"
  | "downstream"
  | "published"
  | "consumed"
  | "data";

/** A specification, of a service (the microservices form) or of a feature (GitHub spec-kit's form). */
export interface Spec extends MarkdownDocument {
  readonly kind: "spec";
  readonly form: "service" | "feature";
  /** What its sections are about, those with nothing in them left out. */
  readonly topics: readonly Topic[];
  readonly serviceName: Marker | undefined;
  readonly responsible: readonly BoundaryClaim[];
  readonly notResponsible: readonly BoundaryClaim[];
  readonly stories: readonly Story[];
  /** Every scenario, those outside of a story included. */
  readonly scenarios: readonly Scenario[];
  readonly requirements: readonly Requirement[];
  readonly successCriteria: readonly Requirement[];
  /** Items without an id in lists of requirements or criteria. */
  readonly unnumbered: readonly Marker[];
  /** Bullets below "Edge Cases" that end in a question. */
  readonly openEdgeCases: readonly Marker[];
  readonly upstream: readonly DependencyRow[];
  readonly downstream: readonly DependencyRow[];
  readonly publishes: readonly EventSection[];
  readonly consumes: readonly EventSection[];
  readonly entities: readonly OwnedEntity[];
}
