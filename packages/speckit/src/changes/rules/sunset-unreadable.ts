import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const sunsetUnreadable: ChangeRule = {
  id: "sunset-unreadable",
  title: "Sunset dates can be read",
  level: () => "breaking",
  message: ({ name, before, after }) => `Sunset date ${show(after ?? before)} of ${name} is no date`,
  why: "Consumers cannot tell until when they may rely on it.",
  fix: "Write the date as YYYY-MM-DD",
};
