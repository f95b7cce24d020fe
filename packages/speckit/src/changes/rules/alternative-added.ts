import { type ChangeRule, levelOf } from "../change.ts";

export const alternativeAdded: ChangeRule = {
  id: "alternative-added",
  title: "No shape is added that readers do not expect",
  level: ({ direction, effect }, variance) =>
    direction === "event" ? levelOf(effect, variance) : variance.widening ? "risky" : "compatible",
  message: ({ name }) => `New alternative '${name}'`,
  why: "Readers that handle each known shape do not know this one.",
  fix: "Tell readers first that shapes may be added, or bump version to {next version}",
};
