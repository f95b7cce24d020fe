import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const constraintTightened: ChangeRule = {
  id: "constraint-tightened",
  title: "Limits do not become stricter for writers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name, before, after }) => `Limit ${name} changed from ${show(before)} to ${show(after)}`,
  why: "Values between the old and the new limit are now turned away.",
  fix: "Keep the old limit",
};
