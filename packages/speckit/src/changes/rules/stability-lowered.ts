import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const stabilityLowered: ChangeRule = {
  id: "stability-lowered",
  title: "Stability does not become less",
  level: () => "breaking",
  message: ({ name, before, after }) =>
    `Stability of ${name} lowered from ${show(before ?? "stable")} to ${show(after)}`,
  why: "Consumers relied on the higher promise.",
  fix: "Keep the level",
};
