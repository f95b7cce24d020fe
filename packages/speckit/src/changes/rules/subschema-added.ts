import { type ChangeRule, levelOf } from "../change.ts";

export const subschemaAdded: ChangeRule = {
  id: "subschema-added",
  title: "No further rule for values",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `New rule ${name}`,
  why: "Values that do not follow the rule, which were fine, are now turned away.",
  fix: "Apply the rule to new fields only, or bump version to {next version}",
};
