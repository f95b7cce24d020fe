import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const becameSingle: ChangeRule = {
  id: "became-single",
  title: "A choice does not become one shape",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before }) => `The choice between ${show(before)} became one shape`,
  why: "Writers of the other shapes are turned away.",
  fix: "Keep the choice",
};
