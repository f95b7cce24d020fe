import { type ChangeRule, levelOf } from "../change.ts";

export const positionRemoved: ChangeRule = {
  id: "position-removed",
  title: "Tuples keep their length",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name }) => `Position ${name} removed`,
  why: "What stands at the position is not described, or not allowed, any more.",
  fix: "Keep the positions",
};
