import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const alternativesAdded: ChangeRule = {
  id: "alternatives-added",
  title: "No choice is asked for where there was none",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ after }) => `New choice between ${show(after)}`,
  why: "Messages that fit none of the branches, which were fine, are now turned away.",
  fix: "Keep messages without the choice valid",
};
