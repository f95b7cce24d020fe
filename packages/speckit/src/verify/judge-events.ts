import type { DescribedEvent } from "../model/callable-operation.ts";
import type { Report } from "../model/finding.ts";
import { groupBy } from "../model/group-by.ts";
import type { EventRule } from "./event-rules/event-rule.ts";
import { eventRules } from "./event-rules/index.ts";
import type { RecordedEvent } from "./events.ts";

/** What a rule says about recorded events. */
export interface EventVerdict {
  readonly rule: EventRule;
  readonly report: Report;
}

const MOST_PLACES = 5;

/** Holds recorded events against the contracts. What is wrong in the same way with several is said once, with the places of the first few. */
export function judgeEvents(
  recorded: readonly RecordedEvent[],
  described: readonly DescribedEvent[],
  rules: readonly EventRule[] = eventRules,
): EventVerdict[] {
  const known = groupBy(described, ({ event }) => event);
  return rules.flatMap((rule) => {
    const groups = groupBy(rule.run(recorded, known), ({ key, message }) => key ?? message);
    return [...groups.values()].map((reports) => {
      const [{ key: _, ...first } = { key: "", message: "", at: { file: "", pointer: "" } }, ...others] =
        reports;
      const places = others.flatMap(({ related = [], at }) =>
        related.length > 0 ? related : [{ message: "and here", at }],
      );
      return {
        rule,
        report: { ...first, related: [...(first.related ?? []), ...places].slice(0, MOST_PLACES) },
      };
    });
  });
}
