import { eventMismatch } from "./event-mismatch.ts";
import type { EventRule } from "./event-rule.ts";
import { eventUndescribed } from "./event-undescribed.ts";

/** Every rule about events of a running service. */
export const eventRules: readonly EventRule[] = [eventMismatch, eventUndescribed];
