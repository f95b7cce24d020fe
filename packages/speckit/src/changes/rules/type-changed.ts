import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const typeChanged: ChangeRule = {
  id: "type-changed",
  title: "Types stay what they are",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Type changed from ${show(before)} to ${show(after)}`,
  why: "What was written before is not understood any more, and what is written now was never expected.",
  fix: "Keep the type; add a new field with the new type, or bump version to {next version}",
};
