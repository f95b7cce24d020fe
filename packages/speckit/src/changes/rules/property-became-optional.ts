import { type ChangeRule, levelOf } from "../change.ts";

export const propertyBecameOptional: ChangeRule = {
  id: "property-became-optional",
  title: "No field becomes optional for readers",
  level: ({ effect, traits }, variance) => (traits.unwritten ? "compatible" : levelOf(effect, variance)),
  message: ({ name }) => `Field '${name}' may now be left out`,
  why: "Readers that take the field for granted fail when it is missing.",
  fix: "Keep sending the field",
};
