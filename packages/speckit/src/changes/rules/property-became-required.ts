import { type ChangeRule, levelOf } from "../change.ts";

export const propertyBecameRequired: ChangeRule = {
  id: "property-became-required",
  title: "No field becomes required for writers",
  // Readers of events fill in the default, as schema registries say; servers turn away requests that lack what is required.
  level: ({ direction, effect, traits }, variance) =>
    traits.unwritten || (direction === "event" && traits.hasDefault)
      ? "compatible"
      : levelOf(effect, variance),
  message: ({ name }) => `New required field '${name}'`,
  why: "Requests that leave it out, which were valid, are now rejected.",
  fix: "Make the field optional or bump version to {next version}",
};
