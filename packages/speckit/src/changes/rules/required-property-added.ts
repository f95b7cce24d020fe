import { type ChangeRule, levelOf } from "../change.ts";

export const requiredPropertyAdded: ChangeRule = {
  id: "required-property-added",
  title: "No required field is added for writers",
  level: ({ effect, traits }, variance) => (traits.unwritten ? "compatible" : levelOf(effect, variance)),
  message: ({ name }) => `New required field '${name}'`,
  why: "Requests that leave it out, which were valid, are now rejected.",
  fix: "Make the field optional or bump version to {next version}",
};
