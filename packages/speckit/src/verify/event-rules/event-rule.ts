import type { Report, Severity } from "../../model/finding.ts";
import type { EventsByName, RecordedEvent } from "../events.ts";

/** One rule about events that a running service has sent. */
export interface EventRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  run(recorded: readonly RecordedEvent[], known: EventsByName): Iterable<Report & { readonly key?: string }>;
}
