import { type ChangeRule, levelOf } from "../change.ts";

export const alternativeAdded: ChangeRule = {
  id: "alternative-added",
  title: "No shape is added that readers do not expect",
  // Of `anyOf` several may hold at once, so readers have to look at what is there anyway; `oneOf` promises that it is one of these,
  // and a reader of texts and numbers cannot look at a list.
  level: ({ direction, effect, traits }, variance) =>
    direction === "event" || traits.keyword === "oneOf" || traits.newType
      ? levelOf(effect, variance)
      : variance.widening
        ? "risky"
        : "compatible",
  message: ({ name }) => `New alternative '${name}'`,
  why: "Readers that handle each known shape do not know this one.",
  fix: "Tell readers first that shapes may be added, or bump version to {next version}",
};
