import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const alternativesRemoved: ChangeRule = {
  id: "alternatives-removed",
  title: "Choices stay for readers",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before }) => `The choice between ${show(before)} is gone`,
  why: "Readers that tell the branches apart get messages of no branch.",
  fix: "Keep the choice for readers",
};
