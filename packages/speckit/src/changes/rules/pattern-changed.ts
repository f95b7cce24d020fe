import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const patternChanged: ChangeRule = {
  id: "pattern-changed",
  title: "Patterns stay what they are",
  level: ({ direction }, variance) =>
    direction === "event" ? "breaking" : variance.narrowing ? "risky" : "compatible",
  message: ({ before, after }) => `Pattern changed from ${show(before)} to ${show(after)}`,
  why: "Texts that matched the old pattern may not match the new one.",
  fix: "Make the new pattern accept all that the old one accepted",
};
