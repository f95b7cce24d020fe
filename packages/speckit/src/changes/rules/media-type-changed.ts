import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const mediaTypeChanged: ChangeRule = {
  id: "media-type-changed",
  title: "Media types stay what they are",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ before, after }) => `Media type changed from ${show(before)} to ${show(after)}`,
  why: "What is sent in the one is not accepted, or not understood, as the other.",
  fix: "Keep the media type",
};
