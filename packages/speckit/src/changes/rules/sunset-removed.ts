import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const sunsetRemoved: ChangeRule = {
  id: "sunset-removed",
  title: "Sunset dates stay",
  level: () => "breaking",
  message: ({ name, before }) => `Sunset date ${show(before)} of ${name} removed`,
  why: "Consumers planned with the date; without it the end may come at any time.",
  fix: "Keep the date, or withdraw the deprecation",
};
