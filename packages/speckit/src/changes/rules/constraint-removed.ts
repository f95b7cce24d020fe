import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const constraintRemoved: ChangeRule = {
  id: "constraint-removed",
  title: "Limits stay for readers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name, before }) => `Limit ${name} ${show(before)} removed`,
  why: "Readers that rely on the limit, for a column or a loop, get values beyond it.",
  fix: "Keep the limit for readers",
};
