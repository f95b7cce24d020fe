import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const patternAdded: ChangeRule = {
  id: "pattern-added",
  title: "Texts stay free of patterns",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ after }) => `New pattern ${show(after)}`,
  why: "Texts that do not match, which were fine, are now turned away.",
  fix: "Apply the pattern to new fields only, or bump version to {next version}",
};
