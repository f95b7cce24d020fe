import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const enumValueRemoved: ChangeRule = {
  id: "enum-value-removed",
  title: "No value is taken away",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before }) => `Value ${show(before)} removed`,
  why: "Writers that use the value are turned away.",
  fix: "Keep the value and mark it deprecated",
};
