import type { ChangeRule } from "../change.ts";
import { isAnnounced } from "./announced.ts";

export const operationRemoved: ChangeRule = {
  id: "operation-removed",
  title: "No operation is taken away",
  level: ({ traits }) => (isAnnounced(traits) ? "compatible" : "breaking"),
  message: ({ name }) => `${name} removed`,
  why: "Every call to it now fails.",
  fix: "Keep it and mark it deprecated with a sunset date until nobody calls it",
};
