import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const parameterStyleChanged: ChangeRule = {
  id: "parameter-style-changed",
  title: "Parameters are written as before",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name, before, after }) =>
    `Parameter '${name}' is written as ${show(after)}, before as ${show(before)}`,
  why: "Lists and objects in the old style are not understood.",
  fix: "Keep style and explode",
};
