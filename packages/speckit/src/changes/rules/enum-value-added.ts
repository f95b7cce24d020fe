import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const enumValueAdded: ChangeRule = {
  id: "enum-value-added",
  title: "No value is added that readers do not expect",
  // Inside of `not` one value more is one value less.
  level: ({ direction, effect }, variance) =>
    direction === "event" || effect === "narrowed"
      ? levelOf(effect, variance)
      : variance.widening
        ? "risky"
        : "compatible",
  message: ({ after }) => `New value ${show(after)}`,
  why: "Readers that handle each known value do not know this one.",
  fix: "Tell readers first that values may be added, or bump version to {next version}",
};
