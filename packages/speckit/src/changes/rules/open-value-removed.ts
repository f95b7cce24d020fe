import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const openValueRemoved: ChangeRule = {
  id: "open-value-removed",
  title: "No documented value is taken away",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before }) => `Value ${show(before)} removed from the known values`,
  why: "Writers that use the documented value are turned away.",
  fix: "Keep the value and mark it deprecated",
};
