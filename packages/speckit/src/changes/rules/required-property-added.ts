import { type ChangeRule, levelOf } from "../change.ts";

export const requiredPropertyAdded: ChangeRule = {
  id: "required-property-added",
  title: "No required field is added for writers",
  level: ({ direction, effect, traits }, variance) => {
    if (traits.unwritten) return "compatible";
    if (direction !== "event") return levelOf(effect, variance);
    // Readers of events fill in the default, as schema registries say; closed ones turn away what they do not know.
    if (traits.hasDefault) return levelOf(traits.closed ? "widened" : "none", variance);
    return levelOf(traits.closed ? "replaced" : effect, variance);
  },
  message: ({ name }) => `New required field '${name}'`,
  why: "Requests that leave it out, which were valid, are now rejected.",
  fix: "Make the field optional or bump version to {next version}",
};
