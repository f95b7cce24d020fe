import { type ChangeRule, levelOf } from "../change.ts";

export const objectOpened: ChangeRule = {
  id: "object-opened",
  title: "Closed objects stay closed",
  level: ({ direction, effect }, variance) =>
    direction === "event" ? levelOf(effect, variance) : variance.widening ? "risky" : "compatible",
  message: () => "Unknown fields are now possible",
  why: "Readers that hold messages against the old, closed schema reject new fields.",
  fix: "Tell readers to ignore what they do not know",
};
