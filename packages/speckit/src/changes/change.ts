import type { Direction, Level } from "../model/finding.ts";
import type { NodePlace } from "../model/location.ts";

/**
 * What a change does to the set of messages that a contract allows: fewer, more, others instead, or the same messages with another meaning.
 * Who breaks follows from it and from who writes and who reads.
 */
export type Effect = "narrowed" | "widened" | "replaced" | "none";

/** What a rule may want to know besides the effect. Only what applies is set. */
export interface Traits {
  /** The schema keyword concerned: `maxLength`. */
  readonly keyword?: string;
  /** The property is, or was, required. */
  readonly required?: boolean;
  /** The schema forbids properties that it does not name. */
  readonly closed?: boolean;
  /** Where the property is not named, anything may stand under its name; where it is named, not anything may. */
  readonly open?: boolean;
  /** The receiver fills in a value of its own when there is none. */
  readonly hasDefault?: boolean;
  /** The side that would write it never does: `readOnly` in requests, `writeOnly` in responses. */
  readonly unwritten?: boolean;
  /** What was removed had been announced as deprecated. */
  readonly deprecated?: boolean;
  /** The promised last day has come, has not come, or cannot be read. */
  readonly sunset?: "passed" | "ahead" | "unreadable";
  /** Of a channel: what the application does there. */
  readonly role?: "sends" | "receives";
  /** Of an alternative: its values are of types that no other alternative had. */
  readonly newType?: boolean;
  readonly in?: string;
  readonly status?: string;
}

/** One thing that differs between two versions of a contract. Says what, not whether that is bad. */
export interface Fact {
  readonly kind: string;
  readonly effect: Effect;
  /** What it is about, for messages: a property, parameter, status code, media type, keyword. */
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
  /** In the older contract; for what is new, its parent. */
  readonly base: NodePlace;
  /** In the newer contract; for what is gone, its nearest parent that is still there. */
  readonly revision: NodePlace;
  readonly traits: Traits;
}

/** A fact at its place in the operations that show it. */
export interface Change extends Fact {
  readonly direction: Direction;
  /** Sorted by path and method; never empty. */
  readonly operations: readonly string[];
  /** Where in the first operation: `request.body.items[].sku`. */
  readonly location: string;
}

/** Whom a direction binds: `narrowing` breaks those who write, `widening` those who read. */
export interface Variance {
  readonly narrowing: boolean;
  readonly widening: boolean;
  /** Messages are taken to hold whatever their schema does not forbid, as schema registries do by default for JSON Schema. */
  readonly strictContent: boolean;
}

/** Says what changes of one kind mean. To add one see CONTRIBUTING.md. */
export interface ChangeRule {
  /** The kind of fact it judges. People suppress by it. */
  readonly id: string;
  readonly title: string;
  readonly level: (change: Change, variance: Variance) => Level;
  /** One line that names what changed: "New required field 'imageFormat'". */
  readonly message: (change: Change) => string;
  readonly why: string;
  /** What to do; `{next version}` stands for the version after the one in the path. */
  readonly fix: string;
}

/** The level that follows from the effect alone: what narrows breaks writers, what widens breaks readers. */
export function levelOf(effect: Effect, { narrowing, widening }: Omit<Variance, "strictContent">): Level {
  if (effect === "replaced") return "breaking";
  if (effect === "narrowed") return narrowing ? "breaking" : "compatible";
  if (effect === "widened") return widening ? "breaking" : "compatible";
  return "compatible";
}
