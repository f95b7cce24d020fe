import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const stabilityUnknown: ChangeRule = {
  id: "stability-unknown",
  title: "Stability levels are known",
  level: () => "breaking",
  message: ({ name, before, after }) =>
    `Stability level ${show(after ?? before)} of ${name} is none of draft, alpha, beta, stable`,
  why: "Consumers cannot tell what they may rely on.",
  fix: "Use draft, alpha, beta or stable",
};
