import { type ChangeRule, levelOf } from "../change.ts";
import { show } from "./show.ts";

export const enumRemoved: ChangeRule = {
  id: "enum-removed",
  title: "Listed values stay the only ones",
  level: ({ direction, effect, traits }, variance) =>
    direction === "event" || traits.keyword === "const"
      ? levelOf(effect, variance)
      : variance.widening
        ? "risky"
        : "compatible",
  message: ({ before }) => `Values other than ${show(before)} are possible now`,
  why: "Readers that handle the listed values only meet others.",
  fix: "Keep the list for readers",
};
