import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const sunsetEarlier: ChangeRule = {
  id: "sunset-earlier",
  title: "The end does not come earlier than promised",
  level: () => "breaking",
  message: ({ name, before, after }) => `Sunset of ${name} moved from ${show(before)} to ${show(after)}`,
  why: "Consumers planned with the later date.",
  fix: "Keep the later date",
};
