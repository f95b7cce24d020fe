import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const choiceChanged: ChangeRule = {
  id: "choice-changed",
  title: "oneOf and anyOf stay what they are",
  level: ({ effect }, variance) => (levelOf(effect, variance) === "breaking" ? "risky" : "compatible"),
  message: ({ before, after }) => `${show(before)} became ${show(after)}`,
  why: "Messages that fit several branches are judged differently.",
  fix: "Keep the keyword",
};
