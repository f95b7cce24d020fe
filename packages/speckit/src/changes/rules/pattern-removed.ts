import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const patternRemoved: ChangeRule = {
  id: "pattern-removed",
  title: "Patterns stay for readers",
  level: ({ direction, effect }, variance) =>
    direction === "event" ? levelOf(effect, variance) : variance.widening ? "risky" : "compatible",
  message: ({ before }) => `Pattern ${show(before)} removed`,
  why: "Readers that rely on the pattern get texts that do not match.",
  fix: "Keep the pattern for readers",
};
