import { type ChangeRule, levelOf } from "../change.ts";

export const alternativeRemoved: ChangeRule = {
  id: "alternative-removed",
  title: "No shape is taken away",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `Alternative '${name}' removed`,
  why: "Writers of that shape are turned away.",
  fix: "Keep the alternative and mark it deprecated",
};
