import { type ChangeRule, levelOf } from "../change.ts";

export const positionAdded: ChangeRule = {
  id: "position-added",
  title: "Tuples keep their length",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `New position ${name}`,
  why: "Lists of the old length mean something else, or are turned away.",
  fix: "Keep the positions; add a new field",
};
