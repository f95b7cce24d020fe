import type { ChangeRule } from "../change.ts";
import { isAnnounced } from "./announced.ts";

export const parameterRemoved: ChangeRule = {
  id: "parameter-removed",
  title: "No parameter is taken away",
  level: ({ traits }) => (traits.deprecated ? (isAnnounced(traits) ? "compatible" : "breaking") : "risky"),
  message: ({ name }) => `Parameter '${name}' removed`,
  why: "Calls that send it are answered as if they had not, or are turned away.",
  fix: "Keep the parameter and mark it deprecated until nobody sends it",
};
