import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const constantChanged: ChangeRule = {
  id: "constant-changed",
  title: "Constants stay what they are",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Constant changed from ${show(before)} to ${show(after)}`,
  why: "Writers still send the old value; readers still wait for it.",
  fix: "Keep the value; a new meaning needs a new field or version",
};
