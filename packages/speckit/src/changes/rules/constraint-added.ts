import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const constraintAdded: ChangeRule = {
  id: "constraint-added",
  title: "No limits where there were none",
  level: ({ direction, effect }, variance) =>
    direction === "event" ? levelOf(effect, variance) : variance.narrowing ? "risky" : "compatible",
  message: ({ name, after }) => `New limit ${name} ${show(after)}`,
  why: "Values beyond the limit were fine until now; whether anybody sends them the contract cannot tell.",
  fix: "Choose the limit wider than anything in use, and announce it",
};
