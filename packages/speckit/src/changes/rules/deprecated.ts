import type { ChangeRule } from "../change.ts";

export const deprecated: ChangeRule = {
  id: "deprecated",
  title: "What is deprecated",
  level: () => "compatible",
  message: ({ name }) => `${name} is deprecated`,
  why: "It still works; consumers should plan to leave it.",
  fix: "Say in the description what to use instead",
};
