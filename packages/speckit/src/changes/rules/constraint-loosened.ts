import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const constraintLoosened: ChangeRule = {
  id: "constraint-loosened",
  title: "Limits do not become looser for readers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name, before, after }) => `Limit ${name} changed from ${show(before)} to ${show(after)}`,
  why: "Readers get values beyond what they were promised.",
  fix: "Keep the old limit for readers",
};
