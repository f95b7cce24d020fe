import type { ChangeRule } from "../change.ts";

export const deprecationWithdrawn: ChangeRule = {
  id: "deprecation-withdrawn",
  title: "What is no longer deprecated",
  level: () => "compatible",
  message: ({ name }) => `${name} is no longer deprecated`,
  why: "It stays.",
  fix: "Nothing to do",
};
