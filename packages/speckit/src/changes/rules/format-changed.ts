import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const formatChanged: ChangeRule = {
  id: "format-changed",
  title: "Formats stay what they are",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Format changed from ${show(before)} to ${show(after)}`,
  why: "A value in one format is not a value in the other.",
  fix: "Keep the format; add a new field with the new format",
};
