import { type ChangeRule, levelOf } from "../change.ts";

export const propertyBecameRequired: ChangeRule = {
  id: "property-became-required",
  title: "No field becomes required for writers",
  level: ({ effect, traits }, variance) => (traits.unwritten ? "compatible" : levelOf(effect, variance)),
  message: ({ name }) => `New required field '${name}'`,
  why: "Requests that leave it out, which were valid, are now rejected.",
  fix: "Make the field optional or bump version to {next version}",
};
