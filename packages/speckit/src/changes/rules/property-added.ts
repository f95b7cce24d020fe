import { type ChangeRule, levelOf } from "../change.ts";

export const propertyAdded: ChangeRule = {
  id: "property-added",
  title: "Fields that are added",
  level: ({ direction, effect, traits }, variance) =>
    direction === "event" && !traits.unwritten ? levelOf(effect, variance) : "compatible",
  message: ({ name }) => `New field '${name}'`,
  why: "Readers that ignore what they do not know never notice; only a closed schema turns it away.",
  fix: "Nothing to do",
};
