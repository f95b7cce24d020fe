import { type ChangeRule, levelOf } from "../change.ts";

export const becameNullable: ChangeRule = {
  id: "became-nullable",
  title: "Values do not become null for readers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "May now be null",
  why: "Readers that take the value for granted fail on null.",
  fix: "Leave the field out of the answer or keep it non-null",
};
