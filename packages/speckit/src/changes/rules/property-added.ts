import { type ChangeRule, levelOf } from "../change.ts";

export const propertyAdded: ChangeRule = {
  id: "property-added",
  title: "Fields that are added",
  level: ({ direction, effect, traits }, variance) => {
    if (direction !== "event" || traits.unwritten) return "compatible";
    // Whatever stood there unnamed need not be what is asked for now.
    return levelOf(traits.open && variance.strictContent ? "narrowed" : effect, variance);
  },
  message: ({ name }) => `New field '${name}'`,
  why: "Readers that ignore what they do not know never notice; only a closed schema turns it away.",
  fix: "Nothing to do",
};
