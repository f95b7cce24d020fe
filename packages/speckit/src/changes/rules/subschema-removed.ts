import { type ChangeRule, levelOf } from "../change.ts";

export const subschemaRemoved: ChangeRule = {
  id: "subschema-removed",
  title: "Rules stay for readers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `Rule ${name} removed`,
  why: "Readers that rely on the rule get values that do not follow it.",
  fix: "Keep the rule for readers",
};
