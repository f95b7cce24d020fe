import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const enumAdded: ChangeRule = {
  id: "enum-added",
  title: "Free values stay free",
  level: ({ effect }, variance) => (effect === "widened" ? "compatible" : levelOf(effect, variance)),
  message: ({ after }) => `Only ${show(after)} allowed now`,
  why: "Any other value, which was fine, is now turned away.",
  fix: "Keep other values allowed, or list all that are in use",
};
