import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const typeWidened: ChangeRule = {
  id: "type-widened",
  title: "No type is added that readers do not expect",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Type widened from ${show(before)} to ${show(after)}`,
  why: "Readers get types that they never had to handle.",
  fix: "Keep to the old types, or bump version to {next version}",
};
