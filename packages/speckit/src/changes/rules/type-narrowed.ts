import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const typeNarrowed: ChangeRule = {
  id: "type-narrowed",
  title: "No type is taken away",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Type narrowed from ${show(before)} to ${show(after)}`,
  why: "Whoever still writes the types that are gone is turned away.",
  fix: "Keep accepting the old types",
};
