import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const becameChoice: ChangeRule = {
  id: "became-choice",
  title: "One shape does not become a choice",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ after }) => `Now a choice between ${show(after)}`,
  why: "Readers that know one shape get others; a message that fits two branches of oneOf fits none.",
  fix: "Keep the shape; offer the others in a new field or version",
};
