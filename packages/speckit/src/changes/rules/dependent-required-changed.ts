import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const dependentRequiredChanged: ChangeRule = {
  id: "dependent-required-changed",
  title: "What a field asks for stays the same",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name, before, after }) =>
    `Field '${name}' now asks for ${show(after)}, before for ${show(before)}`,
  why: "Messages with the field and without its companions are judged differently.",
  fix: "Keep the old companions",
};
