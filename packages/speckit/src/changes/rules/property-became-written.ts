import type { ChangeRule } from "../change.ts";

export const propertyBecameWritten: ChangeRule = {
  id: "property-became-written",
  title: "Fields that start being sent",
  level: ({ traits }, variance) => (traits.required && variance.narrowing ? "risky" : "compatible"),
  message: ({ name }) => `Field '${name}' is now sent`,
  why: "A required field that was filled in by the receiver must now come from the sender.",
  fix: "Make the field optional",
};
