import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const contentEncodingChanged: ChangeRule = {
  id: "content-encoding-changed",
  title: "Encodings stay what they are",
  level: ({ effect }, variance) => levelOf(effect, variance),
  message: ({ name, before, after }) => `${name} changed from ${show(before)} to ${show(after)}`,
  why: "The text decodes to something else, or not at all.",
  fix: "Keep the encoding; add a new field for the new one",
};
