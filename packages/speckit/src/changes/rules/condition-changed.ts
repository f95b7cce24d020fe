import { type ChangeRule, levelOf } from "../change.ts";

export const conditionChanged: ChangeRule = {
  id: "condition-changed",
  title: "Conditions stay what they are",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: () => "The condition of 'if' changed",
  why: "Messages that were held against one branch are now held against the other.",
  fix: "Keep the condition",
};
