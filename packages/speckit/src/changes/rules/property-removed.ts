import { type ChangeRule, levelOf } from "../change.ts";

export const propertyRemoved: ChangeRule = {
  id: "property-removed",
  title: "No field is taken away from readers",
  level: ({ direction, effect, traits }, variance) =>
    traits.unwritten
      ? "compatible"
      : levelOf(traits.open && variance.strictContent ? "widened" : effect, variance) === "breaking"
        ? "breaking"
        : direction === "event" && !variance.widening
          ? "compatible"
          : "risky",
  message: ({ name }) => `Field '${name}' removed`,
  why: "Readers of the field find nothing; writers of it are ignored, or turned away where the schema is closed.",
  fix: "Keep the field and mark it deprecated until no consumer uses it",
};
